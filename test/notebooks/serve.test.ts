import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CellRun, NotebookRun } from '../../notebooks/kit/outputs.ts';
import { readCells } from '../../notebooks/kit/percent.ts';
import { type Served, serve } from '../../notebooks/kit/serve.ts';

const source = `// %% [markdown] lang="es"
// # Hola
// %% [markdown] lang="en"
// # Hello
// %% One
1;
`;

function begun(): NotebookRun {
  const cells = readCells(source).map(
    (cell): CellRun => ({ cell, state: 'done', outputs: [], seconds: 0.1, failure: null }),
  );
  const title = { es: 'Hola', en: 'Hello' };
  return {
    name: '01-hello',
    title,
    cells,
    state: 'running',
    workspace: 'test',
    startedAt: '2026-11-21T10:00:00Z',
  };
}

let served: Served;
let runs = 0;

beforeAll(async () => {
  const notebooks = {
    names: () => ['01-hello', '02-closed'],
    async run(name: string, onChange: (run: NotebookRun, changed: CellRun | null) => void) {
      if (name === '02-closed') return 'the workspace is open elsewhere';
      const run = begun();
      onChange(run, null);
      run.cells[2]!.outputs.push({
        kind: 'sentence',
        sentence: { text: { es: 'Vez {n}', en: 'Time {n}' }, values: { n: ++runs } },
      });
      onChange(run, run.cells[2]!);
      run.state = 'done';
      onChange(run, null);
      return null;
    },
  };
  served = await serve(notebooks, 0, 'es');
});
afterAll(() => served.close());

const page = async (path: string) => {
  const response = await fetch(served.address + path);
  return { status: response.status, headers: response.headers, text: await response.text() };
};
const statusOf = (url: string, headers: Record<string, string> = {}) =>
  new Promise<number>((resolve, reject) => {
    const sent = request(url, { headers }, ({ statusCode }) => resolve(statusCode!));
    sent.on('error', reject).end();
  });

describe('notebooks served on this machine', () => {
  it('open at an address that only the one who started them knows', async () => {
    const { origin, hostname } = new URL(served.address);
    expect(hostname).toBe('127.0.0.1');
    expect(await statusOf(`${origin}/`)).toBe(404);
    expect(await statusOf(`${origin}/01-hello`)).toBe(404);
    expect(await statusOf(`${served.address}01-hello`)).toBe(200);
  });

  it('refuse a request that came under another name', async () => {
    expect(await statusOf(`${served.address}01-hello`, { host: 'example.com' })).toBe(404);
  });

  it('are shown in the language asked for, under a strict policy', async () => {
    const [es, en] = [await page('01-hello?lang=es'), await page('01-hello?lang=en')];
    expect(es.text).toContain('<h1>Hola</h1>');
    expect(en.text).toContain('<h1>Hello</h1>');
    expect(en.text).not.toContain('<h1>Hola</h1>');
    expect(es.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect((await page('99-none')).status).toBe(404);
  });

  it('follow a run: what was put out comes by events, and a run asked for begins anew', async () => {
    await page('01-hello');
    const events = await new Promise<IncomingMessage>((resolve) => {
      request(`${served.address}01-hello/events?lang=en`, resolve).end();
    });
    let heard = '';
    events.on('data', (piece) => {
      heard += piece;
    });
    const hears = (text: string) => expect.poll(() => heard).toContain(text);
    await hears(`Time ${runs}`);
    const posted = await fetch(`${served.address}01-hello/run`, { method: 'POST', redirect: 'manual' });
    expect(posted.status).toBe(303);
    await hears('event: again');
    await hears(`Time ${runs}`);
    events.destroy();
  });

  it('say why a run could not begin', async () => {
    expect(await page('02-closed')).toMatchObject({ status: 503, text: 'the workspace is open elsewhere' });
  });
});
