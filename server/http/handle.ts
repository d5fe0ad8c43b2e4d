import type { Endpoint, Output, Parsed } from '#core/contract/endpoint.ts';
import type { Job } from '#core/contract/jobs.ts';
import type { Permission } from '#core/contract/permissions.ts';
import type { Context } from '../context.ts';

export interface Principal {
  id: string;
  permissions: readonly Permission[];
}

/** What HTTP adds to a call: headers, a body that is read as it comes, and whether the caller has gone. */
export interface Exchange {
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: AsyncIterable<Uint8Array>;
  signal: AbortSignal;
  /** Sent with the answer; for cookies. */
  answerHeaders: Record<string, string>;
}

export interface Call<E> {
  context: Context;
  principal: Principal;
  input: Parsed<E>;
  exchange: Exchange;
  /** Starts a job for this caller; the same Idempotency-Key gives the same job. */
  submit(kind: string, input: unknown): Promise<Job>;
}

/** The call of a handler. */
export const callOf = (
  context: Context,
  principal: Principal,
  input: never,
  exchange: Exchange,
): Call<never> => ({
  context,
  principal,
  input,
  exchange,
  submit: (kind, given) => {
    const key = exchange.headers['idempotency-key'];
    return context.jobs.submit({
      kind,
      input: given,
      by: principal.id,
      idempotencyKey: typeof key === 'string' ? `${principal.id}:${kind}:${key}` : undefined,
    });
  },
});

/** An answer that is written as it is made, for endpoints of kind `stream`. */
export interface Streamed {
  contentType: string;
  /** Offered as a download under this name. */
  fileName?: string;
  body: AsyncIterable<Uint8Array | string>;
}

/** What answers an endpoint: json and job return the body, stream returns a `Streamed`. */
export interface Handler {
  endpoint: Endpoint;
  run(call: Call<never>): Promise<unknown>;
}

type Answer<E> = E extends { kind: 'stream' } ? Streamed : Output<E> | Streamed;

/** Ties a function to its endpoint. A file of `server/routes/` exports `handlers`, a list of these. */
export const handle = <E extends Endpoint<never, never, never, never> | Endpoint>(
  endpoint: E,
  run: (call: Call<E>) => Promise<Answer<E>>,
): Handler => ({ endpoint: endpoint as Endpoint, run: run as Handler['run'] });
