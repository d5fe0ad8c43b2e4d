import type { Endpoint, Input, Output } from './endpoint.ts';
import { basePath, contract } from './index.ts';
import type { Job } from './jobs.ts';

export interface CallInput {
  params?: Record<string, unknown> | undefined;
  query?: Record<string, unknown> | undefined;
  body?: unknown;
}

/** The failure an answer describes, as the server sent it (RFC 9457). */
export class RemoteError extends Error {
  readonly problem: RemoteProblem;
  constructor(problem: RemoteProblem) {
    super(problem.detail);
    this.name = 'RemoteError';
    this.problem = problem;
  }
}

export interface RemoteProblem {
  status: number;
  code: string;
  detail: string;
  fix: string;
  details: Record<string, string | number | boolean | null>;
}

/** What a client needs of its surroundings; the page, the command line and tests bring their own. */
export interface Transport {
  fetch: (
    url: string,
    init: { method: string; headers: Record<string, string>; body?: string },
  ) => Promise<Answer>;
  /** Scheme, host and port, or empty for the page's own. */
  origin: string;
  headers: Record<string, string>;
}

export interface Answer {
  ok: boolean;
  status: number;
  text(): Promise<string>;
}

/** The address of an endpoint with its parameters written in. */
export function addressOf(endpoint: Endpoint, input: CallInput = {}): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(input.params?.[name] ?? '')),
  );
  const query = Object.entries(input.query ?? {})
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return `${basePath}${path}${query.length ? `?${query.join('&')}` : ''}`;
}

/** Calls any endpoint of the contract; answers are those of its schema, failures are `RemoteError`. */
export async function send(
  transport: Transport,
  endpoint: Endpoint,
  input: CallInput = {},
): Promise<unknown> {
  const answer = await transport.fetch(transport.origin + addressOf(endpoint, input), {
    method: endpoint.method,
    headers: {
      accept: 'application/json',
      'x-ensayo': '1',
      ...(input.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...transport.headers,
    },
    ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
  });
  const text = await answer.text();
  const json = asJson(text);
  if (answer.ok) return json;
  throw new RemoteError(
    isProblem(json)
      ? json
      : { status: answer.status, code: 'internal', detail: text.slice(0, 300), fix: '', details: {} },
  );
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isProblem = (json: unknown): json is RemoteProblem =>
  typeof json === 'object' && json !== null && 'code' in json && 'detail' in json;

type Caller<E> = E extends { kind: string }
  ? (input?: Input<E>) => Promise<E extends { response: { _output: infer R } } ? R : Output<E>>
  : never;
export type Client = {
  [R in keyof typeof contract]: { [V in keyof (typeof contract)[R]]: Caller<(typeof contract)[R][V]> };
};

/** Calls an endpoint, wherever it is answered: over HTTP, or in the same process. */
export type Call = (endpoint: Endpoint, input?: CallInput) => Promise<unknown>;

/** A typed client: `client.loads.create({ body: { … } })`. */
export function createClient(call: Call): Client {
  const client: Record<string, Record<string, unknown>> = {};
  for (const [resource, verbs] of Object.entries(contract))
    client[resource] = Object.fromEntries(
      Object.entries(verbs as Record<string, Endpoint>).map(([verb, endpoint]) => [
        verb,
        (input?: CallInput) => call(endpoint, input),
      ]),
    );
  return client as Client;
}

export const hasEnded = (job: Job): boolean =>
  job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';
