import { isIP } from 'node:net';
import type { z } from 'zod';
import type { Answer } from '#core/delivery/answer.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { answerOf, callHttp, type HttpAnswer, type HttpCall, requireAddress } from '../http.ts';
import { isInside } from '../inside.ts';
import type { World } from '../world.ts';

/** How a call ended, once there is nothing more to ask about. */
export type Ended = Exclude<Answer, { kind: 'pending' }>;
export type Answered = Exclude<HttpAnswer, { cut: string }>;

const day = 86_400_000;

/**
 * The base address of a vendor, without its last stroke: one of its own, or one inside the house that the server's owner
 * allows.
 *
 * @throws address_refused
 */
export function vendorAddress(address: string, hosts: RegExp, world: World): string {
  const url = requireAddress(address, world.allowedPrivate);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const house = host === 'localhost' || (isIP(host) !== 0 && isInside(host, []));
  if (!house && !hosts.test(host))
    throw new DomainError('address_refused', { address, reason: 'not an address of this service' });
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

/** Makes calls in JSON under the same credentials. */
export const callerOf =
  (world: World, authorization: string) =>
  (url: string, call: Pick<HttpCall, 'method' | 'body'> = {}): Promise<HttpAnswer> =>
    callHttp(world, { url, headers: { 'content-type': 'application/json', authorization }, ...call });

/** What an answer says, where it is JSON of this shape; else null. */
export function readJson<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export const header = ({ headers }: Answered, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** Milliseconds until the instant that `X-RateLimit-Reset` names in seconds of Unix time; undefined without one. */
export function untilReset(world: World, got: Answered): number | undefined {
  const at = Number(header(got, 'x-ratelimit-reset')) * 1000;
  return at > 0 ? Math.min(day, Math.max(0, at - world.now().getTime())) : undefined;
}

/** An answer by its status, where a receiver that is asked too often says when its limit is lifted. */
export function endedBy(world: World, got: HttpAnswer): Ended {
  const ended = answerOf(world, got);
  if (ended.kind !== 'later' || ended.afterMs !== undefined || 'cut' in got) return ended;
  return { ...ended, afterMs: untilReset(world, got) };
}

/** null when well, else the receiver's words. */
export const problemOf = (ended: Ended): string | null =>
  ended.kind === 'accepted' ? null : ended.reason.slice(0, 300);

export const shortly = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 300);
