import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a vendor's server on this machine was sent wrongly: a test that ends with any has found a fault of the sender's. */
export interface Offences {
  list: string[];
  note(what: string): void;
}

export function offences(): Offences {
  const list: string[] = [];
  return { list, note: (what) => void list.push(what) };
}

/** Answers in JSON, unless the call is about to fail. */
export function reply(
  response: ServerResponse,
  silent: boolean,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  if (!silent)
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** A limit on calls within a sliding window; says when the next may come, or 0. */
export function rateLimit(calls: number, windowMs: number): () => number {
  const came: number[] = [];
  return () => {
    const now = Date.now();
    while (came[0] !== undefined && came[0] <= now - windowMs) came.shift();
    if (came.length >= calls) return (came[0] ?? now) + windowMs - now;
    came.push(now);
    return 0;
  };
}

export const bearer = (request: IncomingMessage): string =>
  String(request.headers.authorization ?? '').replace(/^Bearer /, '');
