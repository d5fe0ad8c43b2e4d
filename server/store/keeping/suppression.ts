import { existsSync } from 'node:fs';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '#core/errors/domain-error.ts';
import { literal, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';

export type SuppressedKind = 'customer' | 'account';

/** The file of the key stands apart from the database: a copy of that alone lets nobody guess who was forgotten. */
const keyPath = (context: Context): string => join(context.config.workspace, 'suppression.key');

export const anySuppressed = async (session: Session): Promise<boolean> =>
  (await session.first(sql`SELECT 1 AS one FROM suppressed LIMIT 1`)) !== undefined;

/** The key by which forgotten people are known again. @throws suppression_key_lost */
export async function suppressionKey(context: Context, session: Session): Promise<string> {
  const path = keyPath(context);
  if (existsSync(path)) return (await readFile(path, 'utf8')).trim();
  if (await anySuppressed(session)) throw new DomainError('suppression_key_lost', { path });
  await mkdir(context.config.workspace, { recursive: true });
  const key = Buffer.from(context.randomBytes(32)).toString('hex');
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(`${key}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return key;
}

/** The keyed hash of an identifier: sha256 of the key and of the sha256 of the key and the text. */
export const hashOf = (key: string, kind: SuppressedKind, id: Sql): Sql =>
  sql`sha256(${literal(key)} || sha256(${literal(`${key}:${kind}:`)} || ${id}))`;

/** Puts a person and their accounts into the ledger; what is there already stays. */
export async function suppress(
  session: Session,
  key: string,
  given: { kind: SuppressedKind; ids: Sql; token: string; since: string },
): Promise<number> {
  const hash = hashOf(key, given.kind, sql`i.id`);
  return session.run(
    sql`INSERT INTO suppressed SELECT h, ${given.kind}, ${given.token}, CAST(${given.since} AS TIMESTAMP)
      FROM (SELECT DISTINCT ${hash} AS h FROM (${given.ids}) AS i(id) WHERE i.id IS NOT NULL) n
      WHERE h NOT IN (SELECT id_hash FROM suppressed) ORDER BY h`,
  );
}

export interface Forgotten {
  token: string;
  since: string;
}

/** Under which name a person was forgotten; null for everybody else. */
export async function forgottenAs(
  context: Context,
  customerId: string,
  kind: SuppressedKind = 'customer',
): Promise<Forgotten | null> {
  const { engine } = context;
  if (!(await anySuppressed(engine))) return null;
  const key = await suppressionKey(context, engine);
  const row = await engine.first<Forgotten>(
    sql`SELECT token, since FROM suppressed WHERE kind = ${kind} AND id_hash = ${hashOf(key, kind, sql`${customerId}`)}`,
  );
  return row ?? null;
}
