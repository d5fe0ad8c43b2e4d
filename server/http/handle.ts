import type { Request, Response } from 'express';
import type { Endpoint, Output, Parsed } from '#core/contract/endpoint.ts';
import type { Permission } from '#core/contract/permissions.ts';
import type { Context } from '../context.ts';

export interface Principal {
  id: string;
  permissions: readonly Permission[];
}

export interface Call<E> {
  context: Context;
  principal: Principal;
  input: Parsed<E>;
}

/** The HTTP exchange, for endpoints of kind `stream`, which write their own answer. */
export interface Exchange {
  request: Request;
  response: Response;
}

/**
 * What answers an endpoint. json: returns the response body; job: starts a job and returns it; stream: writes
 * to `exchange.response` itself.
 */
export interface Handler {
  endpoint: Endpoint;
  run(call: Call<never>, exchange?: Exchange): Promise<unknown>;
}

/** Ties a function to its endpoint. A file of `server/routes/` exports `handlers`, a list of these. */
export const handle = <E extends Endpoint<never, never, never, never> | Endpoint>(
  endpoint: E,
  run: (call: Call<E>, exchange?: Exchange) => Promise<Output<E>>,
): Handler => ({ endpoint: endpoint as Endpoint, run: run as Handler['run'] });
