import { copyFileSync, existsSync } from 'node:fs';
import { DomainError } from '#core/errors/domain-error.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Engine } from '../engine/engine.ts';
import * as frame from './migrations/001-frame.ts';

/** Forward only; each runs once, in one transaction, in this order. */
const migrations: readonly { statements: readonly Sql[] }[] = [frame];
export const schemaVersion = migrations.length;

async function versionOf(engine: Engine): Promise<number> {
  const known = await engine.first(
    sql`SELECT 1 AS one FROM information_schema.tables WHERE table_name = 'settings'`,
  );
  if (!known) return 0;
  const row = await engine.first<{ value: string }>(
    sql`SELECT value FROM settings WHERE name = 'schema_version'`,
  );
  return row ? Number(row.value) : 0;
}

/**
 * Brings a workspace to this version's schema; a copy of the file is kept beside it first.
 *
 * @throws workspace_newer when the workspace was written by a later version.
 */
export async function migrate(engine: Engine, path: string): Promise<void> {
  const found = await versionOf(engine);
  if (found > schemaVersion) throw new DomainError('workspace_newer', { path, found, known: schemaVersion });
  if (found === schemaVersion) return;
  if (found > 0 && existsSync(path)) {
    await engine.run(raw('CHECKPOINT'));
    copyFileSync(path, `${path}.before-${found + 1}`);
  }
  for (let version = found + 1; version <= schemaVersion; version++) {
    await engine.transaction(async (session) => {
      for (const statement of migrations[version - 1]?.statements ?? []) await session.run(statement);
      await session.run(sql`INSERT OR REPLACE INTO settings VALUES ('schema_version', ${String(version)})`);
    });
  }
}
