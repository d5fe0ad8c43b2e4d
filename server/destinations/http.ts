import { isIP } from 'node:net';
import { request } from 'undici';
import type { Answer } from '#core/delivery/answer.ts';
import { retryAfter } from '#core/delivery/retry.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { InsideAddress, isInside } from './inside.ts';
import type { World } from './world.ts';

export interface HttpCall {
  url: string;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers: Record<string, string>;
  body?: string;
}

export type HttpAnswer =
  | { status: number; headers: Record<string, string | string[] | undefined>; text: string }
  /** Cut off: before anything could be read at the other end, or after that. */
  | { cut: 'before' | 'after'; stays: boolean; reason: string };

const answerBytes = 1_000_000;

/** Failures in which nothing was sent yet, and whether only a person can mend them. */
const before: Record<string, boolean> = {
  ECONNREFUSED: false,
  ENOTFOUND: false,
  EAI_AGAIN: false,
  EHOSTUNREACH: false,
  ENETUNREACH: false,
  UND_ERR_CONNECT_TIMEOUT: false,
  CERT_HAS_EXPIRED: true,
  DEPTH_ZERO_SELF_SIGNED_CERT: true,
  SELF_SIGNED_CERT_IN_CHAIN: true,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: true,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: true,
  ERR_TLS_CERT_ALTNAME_INVALID: true,
  ERR_SSL_WRONG_VERSION_NUMBER: true,
  EPROTO: true,
};

function cutBy(error: unknown): HttpAnswer {
  for (
    let cause: unknown = error, depth = 0;
    cause instanceof Error && depth < 5;
    cause = cause.cause, depth++
  ) {
    if (cause instanceof InsideAddress)
      return { cut: 'before', stays: true, reason: `address not allowed: ${cause.address}` };
    const code = 'code' in cause ? String(cause.code) : '';
    const stays = before[code];
    if (stays !== undefined) return { cut: 'before', stays, reason: `${code}: ${cause.message}` };
  }
  const code = error instanceof Error && 'code' in error ? `${String(error.code)}: ` : '';
  return {
    cut: 'after',
    stays: false,
    reason: `${code}${error instanceof Error ? error.message : String(error)}`,
  };
}

/** What an authorization header gives away, in every form in which it could come back. */
function secretsIn(headers: Record<string, string>): string[] {
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  if (!given) return [];
  const [scheme = '', ...rest] = given.split(' ');
  const token = rest.join(' ') || scheme;
  const parts = /^basic$/i.test(scheme) ? Buffer.from(token, 'base64').toString().split(':') : [];
  return [token, ...parts].filter((part) => part.length > 5);
}

/** A receiver may throw back what it was sent; what is logged and shown of it holds no secret. */
const withoutSecrets = (text: string, headers: Record<string, string>): string =>
  secretsIn(headers).reduce((left, secret) => left.replaceAll(secret, '…'), text);

/** Makes one call. Redirects are not followed; what comes back is read up to a megabyte. Never throws for what the other end does. */
export async function callHttp(world: World, call: HttpCall): Promise<HttpAnswer> {
  try {
    const answer = await request(call.url, {
      method: call.method ?? 'POST',
      headers: call.headers,
      ...(call.body === undefined ? {} : { body: call.body }),
      dispatcher: world.dispatcher,
      headersTimeout: world.callTimeoutMs,
      bodyTimeout: world.callTimeoutMs,
      signal: AbortSignal.timeout(world.callTimeoutMs),
    });
    let text = '';
    for await (const piece of answer.body) {
      text += String(piece);
      if (text.length > answerBytes) break;
    }
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: withoutSecrets(text, call.headers),
    };
  } catch (error) {
    return cutBy(error);
  }
}

const shortly = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 300);

/**
 * What an answer means where the receiver documents nothing else. A 5xx may have been carried out; 429 and 503 with a time to
 * come back were not. 401, 403, 404, 410 and redirects wait for a person.
 */
export function answerOf(world: World, got: HttpAnswer): Exclude<Answer, { kind: 'pending' }> {
  if ('cut' in got) {
    if (got.cut === 'after') return { kind: 'unknown', reason: got.reason };
    return got.stays ? { kind: 'stopped', reason: got.reason } : { kind: 'later', reason: got.reason };
  }
  const { status, headers, text } = got;
  const reason = `${status} ${shortly(text)}`.trim();
  const header = headers['retry-after'];
  const afterMs = retryAfter(Array.isArray(header) ? header[0] : header, world.now().getTime());
  if (status >= 200 && status < 300) return { kind: 'accepted' };
  if (status >= 300 && status < 400)
    return {
      kind: 'stopped',
      reason: `${status} redirects to ${String(headers.location ?? '?').slice(0, 200)}`,
    };
  if (status === 401 || status === 403 || status === 404 || status === 405 || status === 410)
    return { kind: 'stopped', reason };
  if (status === 429 || (status === 503 && afterMs !== undefined)) return { kind: 'later', reason, afterMs };
  return status >= 400 && status < 500 && status !== 408
    ? { kind: 'refused', reason }
    : { kind: 'unknown', reason };
}

/**
 * Reads an address that a person typed. Names are judged again when they are resolved.
 *
 * @throws address_refused for anything but https, or http to an address that the server's owner allows
 */
export function requireAddress(address: string, allowed: readonly string[]): URL {
  const refuse = (reason: string) => new DomainError('address_refused', { address, reason });
  if (!URL.canParse(address)) throw refuse('not a web address');
  const url = new URL(address);
  const named = url.hostname.replace(/^\[|\]$/g, '');
  const host = named === 'localhost' ? '127.0.0.1' : named;
  const inside = isIP(host) !== 0 && isInside(host, []);
  if (url.username || url.password) throw refuse('credentials in the address');
  if (inside && isInside(host, allowed)) throw refuse('inside the house');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && inside)) throw refuse('not https');
  return url;
}
