import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Locale } from '#core/text/text.ts';
import type { CellRun, NotebookRun } from './outputs.ts';
import { cellHtml, isFor } from './page/cell.ts';
import { endHtml, liveScript, pageHtml } from './page/page.ts';

export interface Notebooks {
  names(): string[];
  /** Runs a notebook from its beginning; calls back at every change. Gives why it could not begin, or null. */
  run(name: string, onChange: (run: NotebookRun, changed: CellRun | null) => void): Promise<string | null>;
}

export interface Served {
  address: string;
  /** Runs again whatever is being read. */
  runOpen(): void;
  close(): Promise<void>;
}

interface Reader {
  locale: Locale;
  response: ServerResponse;
}

interface Shown {
  latest: NotebookRun | null;
  /** Why the last run could not even begin. */
  problem: string | null;
  running: boolean;
  /** Asked for while it ran. */
  again: boolean;
  readers: Set<Reader>;
}

/**
 * The server's own headers. The page shows figures of a portfolio, so its address holds a secret of this start, only
 * this machine is listened to, and requests under another host name are refused.
 */
const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; font-src data:; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** Serves notebooks on loopback, each run when it is first opened, again when asked or when a file was saved. */
export async function serve(notebooks: Notebooks, port: number, locale: Locale): Promise<Served> {
  const base = `/${randomBytes(16).toString('base64url')}`;
  const shown = new Map<string, Shown>();
  const stateOf = (name: string): Shown => {
    const state = shown.get(name) ?? {
      latest: null,
      problem: null,
      running: false,
      again: false,
      readers: new Set(),
    };
    shown.set(name, state);
    return state;
  };

  const start = async (name: string): Promise<void> => {
    const state = stateOf(name);
    state.again = state.running;
    if (state.running) return;
    state.running = true;
    const told = { first: true };
    state.problem = await notebooks.run(name, (run, changed) => {
      state.latest = run;
      if (told.first) tell(state, 'again', () => ({}));
      told.first = false;
      if (changed) tellCell(state, changed);
      else if (run.state !== 'running') tellEnd(state, run);
    });
    state.running = false;
    if (state.again) void start(name);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, headers);
      response.end(error instanceof Error ? error.message : String(error));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${host}`);
    const language = url.searchParams.get('lang') === 'es' ? 'es' : 'en';
    const reads = url.searchParams.has('lang') ? language : locale;
    const [, secret, name = '', action = ''] = url.pathname.split('/');
    const send = (status: number, type: string, body: string) =>
      response.writeHead(status, { ...headers, 'content-type': `${type}; charset=utf-8` }).end(body);
    const goTo = (path: string) => response.writeHead(303, { ...headers, location: path }).end();
    if (request.headers.host !== host || `/${secret}` !== base) return void send(404, 'text/plain', '');
    const names = notebooks.names();
    if (name === '') return void goTo(`${base}/${names[0]}?lang=${reads}`);
    if (name === 'live.js') return void send(200, 'text/javascript', liveScript());
    if (!names.includes(name)) return void send(404, 'text/plain', name);
    const state = stateOf(name);
    if (action === 'events') return follow(state, { locale: reads, response });
    if (action === 'run' && request.method === 'POST') {
      void start(name);
      return void goTo(`${base}/${name}?lang=${reads}`);
    }
    if (!state.latest) await opened(name, state);
    if (!state.latest) return void send(503, 'text/plain', state.problem ?? '');
    send(200, 'text/html', await pageHtml(state.latest, reads, { base, names }));
  }

  /** Waits until a first run has begun, so that there is something to show. */
  async function opened(name: string, state: Shown): Promise<void> {
    if (!state.running) void start(name);
    while (!state.latest && state.running) await sleep(20);
  }

  return {
    address: `http://${host}${base}/`,
    runOpen() {
      for (const [name, state] of shown) if (state.readers.size) void start(name);
    },
    async close() {
      for (const { readers } of shown.values()) for (const { response } of readers) response.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function follow(state: Shown, reader: Reader): void {
  reader.response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
  state.readers.add(reader);
  reader.response.on('close', () => state.readers.delete(reader));
  const { latest } = state;
  if (!latest) return;
  for (const cell of latest.cells)
    if (cell.cell.kind === 'code') tellCell({ readers: new Set([reader]) }, cell);
  if (latest.state !== 'running') tellEnd({ readers: new Set([reader]) }, latest);
}

type Audience = Pick<Shown, 'readers'>;

function tell({ readers }: Audience, event: string, data: (reader: Reader) => unknown): void {
  for (const reader of readers)
    void Promise.resolve(data(reader)).then((value) =>
      reader.response.write(`event: ${event}\ndata: ${JSON.stringify(value)}\n\n`),
    );
}

function tellCell(audience: Audience, run: CellRun): void {
  tell(audience, 'cell', async ({ locale }) =>
    isFor(run, locale) ? { id: `cell-${run.cell.number}`, ...(await cellHtml(run, locale)) } : {},
  );
}

const tellEnd = (audience: Audience, run: NotebookRun): void =>
  tell(audience, 'end', ({ locale }) => endHtml(run, locale));
