import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snapshotDates } from '#core/portfolio/kpis/parts/months.ts';
import { stateNames } from '#core/portfolio/kpis/parts/state.ts';
import { book, tableRows } from '#core/portfolio/kpis/summary.ts';
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

const statements: [string, Sql][] = [
  ['book', book(months)],
  ['snapshot-dates', snapshotDates(duckdb)],
  ['table-rows', tableRows(duckdb)],
];

describe.each(statements)('%s', (name, statement) => {
  it('has the text kept', async () => {
    await expect(`${showSql(statement)};\n`).toMatchFileSnapshot(`../../../golden/portfolio/${name}.sql`);
  });

  it('binds', async () => {
    expect(Array.isArray(await workspace.context.engine.rows(statement))).toBe(true);
  });
});

it('states are each named once', () => {
  expect(new Set(stateNames).size).toBe(stateNames.length);
});
