import { once } from 'node:events';
import type { Request, RequestHandler, Response } from 'express';
import type { Endpoint } from '#core/contract/endpoint.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../context.ts';
import { authenticate } from './authenticate.ts';
import { callOf, type Exchange, type Handler, type Principal, type Streamed } from './handle.ts';
import { invalidInput } from './problem.ts';

const anybody: Principal = { id: 'anybody', permissions: [] };

/** The path as Express writes it: {name} becomes :name. */
export const expressPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

/** Who calls, whether they may, what they ask, the answer: the same for every endpoint. */
export const route =
  (context: Context, handler: Handler): RequestHandler =>
  async (request, response) => {
    const { endpoint } = handler;
    const principal = endpoint.permission
      ? await authenticate(context, request.headers, endpoint.method !== 'GET')
      : anybody;
    if (endpoint.permission && !principal.permissions.includes(endpoint.permission))
      throw new DomainError('forbidden', { permission: endpoint.permission });
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    const exchange: Exchange = {
      headers: request.headers,
      body: request,
      signal: gone.signal,
      answerHeaders: {},
    };
    const input = parseInput(endpoint, request) as never;
    const answer = await handler.run(callOf(context, principal, input, exchange));
    for (const [name, value] of Object.entries(exchange.answerHeaders)) response.setHeader(name, value);
    if (isStreamed(answer)) await writeStream(response, answer, gone.signal);
    else response.status(endpoint.kind === 'job' ? 202 : 200).json(answer);
  };

/** A body within bodies within bodies, further than any means something, is one the schema cannot be held to. */
function parsedBody(endpoint: Endpoint, given: unknown) {
  try {
    return endpoint.body.safeParse(given);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new DomainError('invalid_input', { problems: 'body: nested too deeply' });
  }
}

/** Reads params, query and body by the endpoint's schemas. @throws invalid_input */
export function parseInput(endpoint: Endpoint, given: Pick<Request, 'params' | 'query' | 'body'>) {
  const params = endpoint.params.safeParse(given.params ?? {});
  if (!params.success) throw invalidInput(params.error);
  const query = endpoint.query.safeParse(given.query ?? {});
  if (!query.success) throw invalidInput(query.error);
  const wantsBody = endpoint.body.type !== 'undefined';
  const body = parsedBody(endpoint, wantsBody ? (given.body ?? {}) : undefined);
  if (!body.success) throw invalidInput(body.error);
  return { params: params.data, query: query.data, body: body.data };
}

const isStreamed = (answer: unknown): answer is Streamed =>
  typeof answer === 'object' && answer !== null && 'contentType' in answer && 'body' in answer;

/** Until the reader has taken what was written, or has gone. */
const drained = (response: Response, signal: AbortSignal): Promise<unknown> =>
  once(response, 'drain', { signal }).catch(() => {});

async function writeStream(response: Response, answer: Streamed, signal: AbortSignal): Promise<void> {
  response.status(200).setHeader('content-type', answer.contentType);
  if (answer.fileName) response.attachment(answer.fileName).setHeader('content-type', answer.contentType);
  response.flushHeaders();
  for await (const piece of answer.body) {
    if (signal.aborted) return;
    if (!response.write(piece)) await drained(response, signal);
  }
  response.end();
}
