import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  addressOf,
  type Call,
  type CallInput,
  type Client,
  createClient,
  hasEnded,
  send,
} from '#core/contract/client.ts';
import type { Endpoint } from '#core/contract/endpoint.ts';
import { basePath } from '#core/contract/index.ts';
import type { Job } from '#core/contract/jobs.ts';
import { permissions } from '#core/contract/permissions.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { readHandlers } from '../app.ts';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import { callOf, type Exchange, type Handler, type Streamed } from '../http/handle.ts';
import { parseInput } from '../http/route.ts';
import { openWorkspace } from '../open.ts';

/** A way to Ensayo: this process on the workspace's files, or the server that owns them. */
export interface Connection {
  client: Client;
  call: Call;
  stream(endpoint: Endpoint, input: CallInput): AsyncIterable<Uint8Array | string>;
  /** Calls an endpoint that takes bytes. */
  upload(endpoint: Endpoint, input: CallInput, body: Uint8Array): Promise<unknown>;
  /** Waits for a job to end, telling each change. */
  finished(job: Job, onChange: (job: Job) => void): Promise<Job>;
  /** Jobs that were cut off and are now being finished. */
  interrupted: Job[];
  close(): Promise<void>;
}

export interface Owner {
  pid: number;
  address: string;
  token: string;
}

/** The live server of a workspace, as it wrote itself down; null when there is none. */
export function readOwner(workspace: string): Owner | null {
  try {
    const owner = JSON.parse(readFileSync(join(workspace, 'server.json'), 'utf8')) as Omit<Owner, 'token'> & {
      tokenFile: string;
    };
    process.kill(owner.pid, 0);
    return { ...owner, token: readFileSync(owner.tokenFile, 'utf8').trim() };
  } catch {
    return null;
  }
}

export async function connect(
  config: Config,
  remote?: { server: string; token: string },
  resume = true,
): Promise<Connection> {
  if (remote) return overHttp(remote.server.replace(/\/+$/, ''), remote.token);
  const owner = readOwner(config.workspace);
  return owner && (await answers(owner)) ? overHttp(owner.address, owner.token) : inProcess(config, resume);
}

const answerMs = 2000;

/** Whether the server written down is really there: its process number may have gone to another program. */
async function answers({ address }: Owner): Promise<boolean> {
  try {
    return (await fetch(`${address}${basePath}/health`, { signal: AbortSignal.timeout(answerMs) })).ok;
  } catch {
    return false;
  }
}

const pollMs = 150;

function overHttp(origin: string, token: string): Connection {
  const headers = { authorization: `Bearer ${token}` };
  const reach = async (url: string, init: RequestInit): Promise<Response> => {
    try {
      return await fetch(url, init);
    } catch (error) {
      const reason =
        error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
      throw new DomainError('server_unreachable', { url: origin, reason }, { cause: error });
    }
  };
  const call: Call = (endpoint, input) => send({ fetch: reach, origin, headers }, endpoint, input);
  const client = createClient(call);
  return {
    client,
    call,
    interrupted: [],
    async *stream(endpoint, input) {
      const { body } = input;
      const response = await reach(origin + addressOf(endpoint, input), {
        method: endpoint.method,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) await call(endpoint, input);
      if (response.body) yield* response.body as unknown as AsyncIterable<Uint8Array>;
    },
    upload: (endpoint, input, body) =>
      send({ fetch: (url, init) => reach(url, { ...init, body }), origin, headers }, endpoint, input),
    async finished(job, onChange) {
      let latest = job;
      while (!hasEnded(latest)) {
        await sleep(pollMs);
        latest = await client.jobs.get({ params: { jobId: job.id } });
        onChange(latest);
      }
      return latest;
    },
    close: async () => {},
  };
}

async function inProcess(config: Config, resume: boolean): Promise<Connection> {
  const { context, interrupted, close } = await openWorkspace(config, resume);
  const handlers = await handlersById();
  const call: Call = (endpoint, input) => dispatch(context, handlers, endpoint, input);
  return {
    client: createClient(call),
    call,
    interrupted,
    async *stream(endpoint, input) {
      yield* ((await call(endpoint, input)) as Streamed).body;
    },
    upload: (endpoint, input, body) => dispatch(context, handlers, endpoint, input, once(body)),
    finished: (job, onChange) => context.jobs.finished(job.id, onChange),
    close,
  };
}

const handlersById = async (): Promise<ReadonlyMap<string, Handler>> =>
  new Map((await readHandlers()).map((handler) => [handler.endpoint.id, handler]));

/** Answers the contract's endpoints in this process, as the owner. */
export async function callerOn(context: Context): Promise<Call> {
  const handlers = await handlersById();
  return (endpoint, input) => dispatch(context, handlers, endpoint, input);
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
async function* once(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body;
}

function dispatch(
  context: Context,
  handlers: ReadonlyMap<string, Handler>,
  endpoint: Endpoint,
  input: CallInput = {},
  body: AsyncIterable<Uint8Array> = nothing(),
): Promise<unknown> {
  const handler = handlers.get(endpoint.id);
  if (!handler) throw new DomainError('not_found', { kind: 'endpoint', id: endpoint.id });
  const exchange: Exchange = {
    headers: {},
    body,
    signal: new AbortController().signal,
    answerHeaders: {},
  };
  const parsed = parseInput(endpoint, input as never) as never;
  return handler.run(callOf(context, { id: 'owner', permissions }, parsed, exchange));
}
