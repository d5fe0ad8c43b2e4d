import type { IncomingHttpHeaders } from 'node:http';
import { parseCookie } from 'cookie';
import type { Permission } from '#core/contract/permissions.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../context.ts';
import { findCredential, touchCredential } from '../store/credentials.ts';
import type { Principal } from './handle.ts';

export const cookieName = 'ensayo_session';
const touchAfterMs = 60_000;

/**
 * Who is calling: a bearer token of a script, or the session cookie of the page. A write by cookie must carry the
 * header `x-ensayo`, which no other site can send without being asked first.
 *
 * @throws unauthenticated, cross_site
 */
export async function authenticate(
  context: Context,
  headers: IncomingHttpHeaders,
  writes: boolean,
): Promise<Principal & { credentialId: string }> {
  const bearer = /^Bearer (\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const cookie = bearer ? undefined : parseCookie(headers.cookie ?? '')[cookieName];
  const secret = bearer ?? cookie;
  const found = secret ? await findCredential(context, bearer ? 'token' : 'session', secret) : undefined;
  if (!found) throw new DomainError('unauthenticated');
  if (cookie && writes && headers['x-ensayo'] === undefined)
    throw new DomainError('cross_site', { origin: headers.origin ?? '?' });
  const used = found.last_used_at ? Date.parse(found.last_used_at) : 0;
  // Of requests that come together one notes the time; the others lose the race, which is no failure of theirs.
  if (context.now().getTime() - used > touchAfterMs)
    await touchCredential(context, found.token_id).catch(() => {});
  return {
    id: found.principal_id,
    permissions: JSON.parse(found.permissions) as Permission[],
    credentialId: found.token_id,
  };
}
