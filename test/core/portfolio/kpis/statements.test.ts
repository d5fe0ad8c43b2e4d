import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshotDates } from '#core/portfolio/kpis/parts/months.ts';
import { stateNames } from '#core/portfolio/kpis/parts/state.ts';
import { book, tableRows } from '#core/portfolio/kpis/summary.ts';
import type { QualityScope } from '#core/portfolio/quality/check.ts';
import { qualityChecks } from '#core/portfolio/quality/checks.ts';
import { columnProfile } from '#core/portfolio/quality/column-profile.ts';
import { tables } from '#core/portfolio/tables.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { showSql } from '#core/sql/show.ts';
import type { Sql } from '#core/sql/sql.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
});
afterAll(() => workspace.close());

const months = { dialect: duckdb, oneDateAMonth: true };
const everything: QualityScope = {
  dialect: duckdb,
  today: '2026-01-31',
  rowsOf: () => 10,
  isFilled: () => true,
  loadsOf: () => [1, 2],
};

const statements: [string, Sql][] = [
  ['book', book(months)],
  ['snapshot-dates', snapshotDates(duckdb)],
  ['table-rows', tableRows(duckdb)],
  ...tables
    .slice(0, 3)
    .map((table): [string, Sql] => [`columns-${table.name}`, columnProfile(duckdb, table, 10)]),
  ...qualityChecks.map((check): [string, Sql] => {
    const [probe] = check.probes(everything);
    if (!probe) throw new Error(`${check.id} asks nothing`);
    return [`quality-${check.id}`, probe.statement];
  }),
];

describe.each(statements)('%s', (name, statement) => {
  it('has the text kept', async () => {
    await expect(`${showSql(statement)};\n`).toMatchFileSnapshot(`../../../golden/portfolio/${name}.sql`);
  });

  it('binds', async () => {
    expect(Array.isArray(await workspace.context.engine.rows(statement))).toBe(true);
  });
});

it('every probe of every check binds and answers with its figures', async () => {
  for (const check of qualityChecks)
    for (const { statement } of check.probes(everything)) {
      const row = await workspace.context.engine.first(statement);
      expect(row, check.id).toMatchObject({ affected: expect.any(Number) });
      expect(row, check.id).toHaveProperty('looked_at');
    }
});

it('columns of tables over a million rows are estimated', () => {
  const [customers] = tables;
  if (!customers) throw new Error('no tables');
  expect(columnProfile(duckdb, customers, 2_000_000).text).toContain('approx_count_distinct');
});

it('states are each named once', () => {
  expect(new Set(stateNames).size).toBe(stateNames.length);
});
