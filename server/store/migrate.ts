import { copyFileSync, existsSync, readdirSync } from 'node:fs';
import { DomainError } from '#core/errors/domain-error.ts';
import { tables } from '#core/portfolio/tables.ts';
import { createCurrentView, createTable } from '#core/sql/ddl.ts';
import { ident, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Engine } from '../engine/engine.ts';

interface Migration {
  number: number;
  statements: readonly Sql[];
}

const folder = new URL('./migrations/', import.meta.url);

/** Forward only; each runs once, in one transaction, in the order of the number its file name begins with. */
async function readMigrations(): Promise<Migration[]> {
  const files = readdirSync(folder).filter((name) => /^\d{3}-.*\.ts$/.test(name));
  return Promise.all(
    files.sort().map(async (file) => {
      const { statements } = (await import(new URL(file, folder).href)) as { statements: readonly Sql[] };
      return { number: Number(file.slice(0, 3)), statements };
    }),
  );
}

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
  const migrations = await readMigrations();
  const newest = migrations.at(-1)?.number ?? 0;
  const found = await versionOf(engine);
  if (found > newest) throw new DomainError('workspace_newer', { path, found, known: newest });
  if (found < newest && found > 0 && existsSync(path)) {
    await engine.run(raw('CHECKPOINT'));
    copyFileSync(path, `${path}.before-${newest}`);
  }
  for (const { number, statements } of migrations.filter((one) => one.number > found))
    await engine.transaction(async (session) => {
      for (const statement of statements) await session.run(statement);
      await session.run(sql`INSERT OR REPLACE INTO settings VALUES ('schema_version', ${String(number)})`);
    });
  await addCanonical(engine);
}

/** Canonical tables and columns that this version has and the workspace does not yet. */
async function addCanonical(engine: Engine): Promise<void> {
  const held = await engine.rows<{ table_name: string; column_name: string }>(
    sql`SELECT table_name, column_name FROM information_schema.columns`,
  );
  for (const table of tables) {
    const there = new Set(held.filter((one) => one.table_name === table.name).map((one) => one.column_name));
    const added = Object.entries(table.columns).filter(([name]) => !there.has(name));
    if (there.size > 0 && added.length === 0) continue;
    await engine.transaction(async (session) => {
      if (there.size === 0) await session.run(createTable(table, engine.dialect));
      else
        for (const [name, { type }] of added)
          await session.run(
            sql`ALTER TABLE ${ident(table.name)} ADD COLUMN ${ident(name)} ${engine.dialect.type(type)}`,
          );
      await session.run(createCurrentView(table));
    });
  }
}
