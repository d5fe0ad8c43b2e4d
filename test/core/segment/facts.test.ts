import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucketNames, bucketOf } from '#core/portfolio/buckets.ts';
import { factColumns } from '#core/segment/columns.ts';
import {
  type CategoryRow,
  categoriesOf,
  factCategories,
  factRanges,
  type RangeRow,
  rangeOf,
} from '#core/segment/describe/summary.ts';
import { accountFacts } from '#core/segment/facts.ts';
import { readSize, type SizeRow, segmentMembers, sizeOf } from '#core/segment/size.ts';
import { duckdb } from '#core/sql/dialects/duckdb.ts';
import { showSql } from '#core/sql/show.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import { insertScores, insertSmallBook } from '../../support/books/small-book.ts';
import { expectGolden } from '../../support/golden.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const asOf = '2026-10-31';
const facts = accountFacts(duckdb, asOf, [{ model: 'self-cure', versionId: 'v1', asOf }]);
let workspace: TestWorkspace;
beforeAll(async () => {
  workspace = await openTestWorkspace();
  await workspace.context.engine.transaction(async (session) => {
    await insertSmallBook(session, 300);
    await insertScores(session, asOf);
    await session.run(
      raw(`INSERT INTO flags VALUES ('c000000', 'plan', DATE '2026-10-31', NULL, 1, 1),
      ('c000001', 'plan', DATE '2026-11-01', NULL, 1, 2), ('c000002', 'plan', DATE '2026-01-01', DATE '2026-10-31', 1, 3),
      ('c000003', 'dispute', DATE '2026-01-01', DATE '2026-11-01', 1, 4)`),
    );
  });
});
afterAll(() => workspace.close());

describe('account facts', () => {
  it('are one row per account of the date, every column there', async () => {
    const { engine } = workspace.context;
    const rows = await engine.rows(sql`SELECT * FROM (${facts}) ORDER BY account_id`);
    expect(rows.length).toBe(330);
    for (const { name } of factColumns) expect(rows[0]).toHaveProperty(name);
    expect(rows[0]).toMatchObject({
      account_id: 'a000000-1',
      customer_id: 'c000000',
      country: 'CO',
      currency: 'COP',
      customer_tenure_months: 81,
      account_age_months: 41,
      credit_limit: '5000.00',
      product_type: 'card',
      customer_type: 'person',
    });
  });

  it('know the flags set on the date: begun by it, not ended by it', async () => {
    const rows = await workspace.context.engine.rows(
      sql`SELECT DISTINCT customer_id FROM (${facts}) WHERE "flag:plan" OR "flag:dispute" ORDER BY 1`,
    );
    expect(rows).toEqual([{ customer_id: 'c000000' }, { customer_id: 'c000003' }]);
  });

  it('hold the scores of those that have one', async () => {
    const row = await workspace.context.engine.first(
      sql`SELECT CAST(count("score:self-cure") AS BIGINT) AS scored, CAST(count(*) FILTER (WHERE days_past_due > 0) AS BIGINT) AS late FROM (${facts})`,
    );
    expect(row?.scored).toBe(row?.late);
  });

  it('are this text', () => expectGolden(facts, 'segment/facts'));
});

describe('a segment', () => {
  const picked = { facts, predicate: raw("f.days_past_due > 0 AND f.currency = 'MXN'") };
  it('is counted by account and by customer, its arrears exact by currency', async () => {
    const { engine } = workspace.context;
    const [counted, ...currencies] = await engine.rows<SizeRow>(sizeOf(duckdb, picked));
    const members = await engine.rows<{ customer_id: string }>(segmentMembers(picked));
    expect(counted).toEqual({
      currency: null,
      whole: true,
      accounts: members.length,
      customers: new Set(members.map((row) => row.customer_id)).size,
      arrears: null,
      balance: null,
    });
    expect(currencies).toEqual([
      {
        ...counted,
        currency: 'MXN',
        whole: false,
        arrears: ((counted?.accounts ?? 0) * 50.25).toFixed(2),
        balance: expect.stringMatching(/^[0-9]+[.][0-9]{2}$/),
      },
    ]);
    expect(readSize([])).toEqual({ accounts: 0, customers: 0, arrears: [], balance: [] });
  });

  it('shows its SQL with the values in, and that runs as it stands', async () => {
    const { engine } = workspace.context;
    const shown = showSql(
      segmentMembers({ facts, predicate: sql`f.currency = ${"M'X?"} OR f.days_past_due > ${3}` }),
    );
    expect(shown).toContain("f.currency = 'M''X?' OR f.days_past_due > 3");
    expect((await engine.rows(raw(shown))).length).toBeGreaterThan(0);
  });
});

describe('what a segment can be made of', () => {
  const ranges = (relation: Sql) =>
    workspace.context.engine.first<RangeRow>(factRanges(duckdb, relation, ['self-cure']));

  it('has the range of each number and score, and of amounts only in one currency', async () => {
    const all = await ranges(facts);
    expect(rangeOf(all, 'days_past_due')).toEqual({ minimum: 0, maximum: 57 });
    expect(rangeOf(all, 'self-cure').maximum).toBeLessThanOrEqual(0.78);
    expect(rangeOf(all, 'balance')).toEqual({ minimum: null, maximum: null });
    const mexican = await ranges(sql`SELECT * FROM (${facts}) WHERE currency = 'MXN'`);
    expect(rangeOf(mexican, 'balance').minimum).toBeGreaterThanOrEqual(100);
    expect(rangeOf(undefined, 'balance')).toEqual({ minimum: null, maximum: null });
  });

  it('lists categories, most common first', async () => {
    const rows = await workspace.context.engine.rows<CategoryRow>(factCategories(duckdb, facts));
    expect(categoriesOf(rows, 'country')).toEqual(['MX', 'CO']);
    expect(categoriesOf(rows, 'product_type').sort()).toEqual(['card', 'loan']);
    expect(categoriesOf(rows, 'account_status')).toEqual([]);
  });

  it('are these texts', async () => {
    await expectGolden(factRanges(duckdb, raw('SELECT * FROM facts'), ['self-cure']), 'segment/ranges');
    await expectGolden(factCategories(duckdb, raw('SELECT * FROM facts')), 'segment/categories');
  });
});

it('puts every day past due in one bucket', async () => {
  const rows = await workspace.context.engine.rows<{ b: string; low: number }>(
    sql`SELECT ${bucketOf(raw('d'))} AS b, min(d) AS low FROM range(400) t(d) GROUP BY 1 ORDER BY 2`,
  );
  expect(rows.map((row) => row.b)).toEqual(bucketNames);
  expect(rows.map((row) => row.low)).toEqual([0, 1, 30, 60, 90, 120, 180]);
});
