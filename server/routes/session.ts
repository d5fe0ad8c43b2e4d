import { stringifySetCookie } from 'cookie';
import { contract } from '#core/contract/index.ts';
import { type Permission, permissions } from '#core/contract/permissions.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { authenticate, cookieName } from '../http/authenticate.ts';
import { handle } from '../http/handle.ts';
import { writeAudit } from '../store/audit.ts';
import {
  type Credential,
  createCredential,
  findCredential,
  listTokens,
  readCredential,
  revokeCredential,
} from '../store/credentials.ts';
import { createLink } from '../store/portfolio/links.ts';
import { instant } from '../store/workspace.ts';

const sessionSeconds = 30 * 24 * 3600;

const cookie = (value: string, maxAge: number): string =>
  stringifySetCookie({ name: cookieName, value, httpOnly: true, sameSite: 'strict', path: '/', maxAge });

const shown = (credential: Credential) => ({
  id: credential.token_id,
  name: credential.name,
  permissions: JSON.parse(credential.permissions) as Permission[],
  createdAt: credential.created_at,
  lastUsedAt: credential.last_used_at,
  revokedAt: credential.revoked_at,
});

export const handlers = [
  handle(contract.session.signIn, async ({ context, input, exchange }) => {
    const link = await findCredential(context, 'link', input.body.code);
    if (!link || !(await revokeCredential(context, link.token_id)))
      throw new DomainError('sign_in_link_used');
    const { secret } = await createCredential(context, {
      kind: 'session',
      name: 'page',
      principal: link.principal_id,
      permissions,
      lifeSeconds: sessionSeconds,
    });
    exchange.answerHeaders['set-cookie'] = cookie(secret, sessionSeconds);
    await writeAudit(context.engine, {
      at: instant(context.now()),
      by: link.principal_id,
      action: 'session.signIn',
    });
    return { principal: link.principal_id, permissions: [...permissions] };
  }),
  handle(contract.session.current, async ({ principal }) => ({
    principal: principal.id,
    permissions: [...principal.permissions],
  })),
  handle(contract.session.signOut, async ({ context, exchange }) => {
    const { credentialId } = await authenticate(context, exchange.headers, true);
    await revokeCredential(context, credentialId);
    exchange.answerHeaders['set-cookie'] = cookie('', 0);
    return { signedOut: true as const };
  }),
  handle(contract.session.link, async ({ context, principal }) => createLink(context, principal.id)),
  handle(contract.tokens.list, async ({ context }) => ({ tokens: (await listTokens(context)).map(shown) })),
  handle(contract.tokens.create, async ({ context, principal, input }) => {
    const wanted = input.body.permissions ?? principal.permissions;
    const missing = wanted.find((permission) => !principal.permissions.includes(permission));
    if (missing) throw new DomainError('forbidden', { permission: missing });
    const { credential, secret } = await createCredential(context, {
      kind: 'token',
      name: input.body.name,
      principal: principal.id,
      permissions: wanted,
    });
    return { ...shown(credential), secret };
  }),
  handle(contract.tokens.revoke, async ({ context, input }) => {
    await revokeCredential(context, input.params.tokenId);
    return shown(await readCredential(context, input.params.tokenId));
  }),
];
