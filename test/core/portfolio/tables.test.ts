import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tables } from '#core/portfolio/tables.ts';
import { sql } from '#core/sql/sql.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

describe.each(tables.map((table) => [table.name, table] as const))('%s', (_, table) => {
  it('has its key among its required columns', () => {
    for (const name of table.key) expect(table.columns[name]?.required, name).toBe(true);
  });

  it('stands in only for columns it has', () => {
    for (const { defaultTo } of Object.values(table.columns))
      if (defaultTo) expect(Object.keys(table.columns)).toContain(defaultTo);
  });

  it('uses no reserved word', async () => {
    const reserved = await workspace.context.engine.rows<{ keyword_name: string }>(
      sql`SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category = 'reserved'`,
    );
    const words = new Set(reserved.map(({ keyword_name }) => keyword_name));
    expect(words.size).toBeGreaterThan(50);
    expect([table.name, ...Object.keys(table.columns)].filter((name) => words.has(name))).toEqual([]);
  });

  it('exists in a workspace with exactly these columns', async () => {
    const described = await workspace.context.engine.rows<{ column_name: string }>(
      sql`SELECT column_name FROM information_schema.columns WHERE table_name = ${table.name} ORDER BY ordinal_position`,
    );
    expect(described.map(({ column_name }) => column_name)).toEqual([
      ...Object.keys(table.columns),
      'load_id',
      'source_row',
    ]);
  });
});
