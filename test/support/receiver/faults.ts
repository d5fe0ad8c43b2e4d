import type { IncomingMessage, ServerResponse } from 'node:http';

/** Ways in which a call may go wrong. `before`: nothing was taken in; `after`: all of it was. */
export const faults = [
  '500 before',
  '500 after',
  '429',
  '503',
  'reset before',
  'reset after',
  'slow',
] as const;
export type Fault = (typeof faults)[number];

/** Seeded numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Plays a fault on a call whose body has been read. `take` takes the call in, and answers it where the fault is none.
 *
 * @returns whether the call was taken in
 */
export async function play(
  fault: Fault | null,
  request: IncomingMessage,
  response: ServerResponse,
  take: (silent: boolean) => Promise<void> | void,
): Promise<boolean> {
  const fail = (status: number, headers: Record<string, string> = {}) =>
    response.writeHead(status, headers).end('no');
  switch (fault) {
    case '429':
      fail(429, { 'retry-after': '0' });
      return false;
    case '503':
      fail(503, { 'retry-after': new Date(Date.now() + 1).toUTCString() });
      return false;
    case '500 before':
      fail(500);
      return false;
    case 'reset before':
      request.socket.destroy();
      return false;
    case '500 after':
      await take(true);
      fail(500);
      return true;
    case 'reset after':
      await take(true);
      request.socket.destroy();
      return true;
    case 'slow':
      await new Promise((resolve) => setTimeout(resolve, 40));
      await take(false);
      return true;
    default:
      await take(false);
      return true;
  }
}
