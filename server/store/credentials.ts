import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { v7 as uuidv7 } from 'uuid';
import type { Permission } from '#core/contract/permissions.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../context.ts';
import { instant } from './workspace.ts';

export type CredentialKind = 'link' | 'session' | 'token';

export interface Credential {
  token_id: string;
  kind: CredentialKind;
  name: string;
  principal_id: string;
  permissions: string;
  created_at: string;
  expires_at: string | null;
  last_used_at: string | null;
  revoked_at: string | null;
}

const columns = sql`token_id, kind, name, principal_id, permissions, created_at, expires_at, last_used_at, revoked_at`;
const hash = (secret: string): string => bytesToHex(sha256(new TextEncoder().encode(secret)));

export interface NewCredential {
  kind: CredentialKind;
  name: string;
  principal: string;
  permissions: readonly Permission[];
  lifeSeconds?: number;
}

/** Makes a credential; the secret is in the answer and nowhere else, only its hash is stored. */
export async function createCredential(
  context: Context,
  given: NewCredential,
): Promise<{ credential: Credential; secret: string }> {
  const secret = `en_${Buffer.from(context.randomBytes(32)).toString('base64url')}`;
  const now = context.now();
  const expires = given.lifeSeconds ? instant(new Date(now.getTime() + given.lifeSeconds * 1000)) : null;
  const id = uuidv7();
  await context.engine.run(sql`INSERT INTO tokens VALUES (${id}, ${given.kind}, ${given.name}, ${hash(secret)},
    ${given.principal}, ${JSON.stringify(given.permissions)}, ${instant(now)}, ${expires}, NULL, NULL)`);
  return { credential: await readCredential(context, id), secret };
}

export async function readCredential(context: Context, id: string): Promise<Credential> {
  const found = await context.engine.first<Credential>(
    sql`SELECT ${columns} FROM tokens WHERE token_id = ${id}`,
  );
  if (!found) throw new DomainError('not_found', { kind: 'token', id });
  return found;
}

export const listTokens = (context: Context): Promise<Credential[]> =>
  context.engine.rows<Credential>(
    sql`SELECT ${columns} FROM tokens WHERE kind = 'token' ORDER BY created_at DESC, token_id`,
  );

/** The live credential a secret belongs to, if any. */
export const findCredential = (
  context: Context,
  kind: CredentialKind,
  secret: string,
): Promise<Credential | undefined> =>
  context.engine.first<Credential>(sql`SELECT ${columns} FROM tokens WHERE kind = ${kind}
    AND secret_hash = ${hash(secret)} AND revoked_at IS NULL
    AND (expires_at IS NULL OR expires_at > CAST(${instant(context.now())} AS TIMESTAMP))`);

/** Revokes a credential; false when it was not live any more, so a link works once even when used twice at a time. */
export async function revokeCredential(context: Context, id: string): Promise<boolean> {
  const at = instant(context.now());
  const changed = await context.engine.transaction((session) =>
    session.rows(
      sql`UPDATE tokens SET revoked_at = ${at} WHERE token_id = ${id} AND revoked_at IS NULL RETURNING token_id`,
    ),
  );
  return changed.length === 1;
}

export async function touchCredential(context: Context, id: string): Promise<void> {
  await context.engine.run(
    sql`UPDATE tokens SET last_used_at = ${instant(context.now())} WHERE token_id = ${id}`,
  );
}
