import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import cash from '#core/experiment/metrics/cash.ts';
import cured from '#core/experiment/metrics/cured.ts';
import promisesKept from '#core/experiment/metrics/promises_kept.ts';
import { baselineSql } from '#core/experiment/units/baseline.ts';
import { columnId, type UnitColumn, unitsSql } from '#core/experiment/units/columns.ts';
import { ident, raw, sql } from '#core/sql/sql.ts';
import { insertMetricBook, metricAsOf } from '../../support/books/metric-book.ts';
import { expectGolden } from '../../support/golden.ts';
import { openTestWorkspace, type TestWorkspace } from '../../support/workspace.ts';

const assigned =
  raw(`SELECT customer_id, CASE WHEN md5(customer_id) < '8' THEN 'a' ELSE 'b' END AS arm, 's' AS stratum,
  DATE '2026-05-01' + (md5_number_lower(customer_id) % 60)::INTEGER AS entered_on FROM customers
  UNION ALL SELECT 'nobody', 'a', 's', DATE '2026-05-03'`);
const columns: UnitColumn[] = [
  { metricId: 'cured', metric: cured, horizonDays: 30, currency: null },
  { metricId: 'cash', metric: cash, horizonDays: 30, currency: 'COP' },
  { metricId: 'cash', metric: cash, horizonDays: 30, currency: 'MXN' },
  { metricId: 'promises_kept', metric: promisesKept, horizonDays: 60, currency: null },
];

let workspace: TestWorkspace;
type Row = Record<string, string | number | boolean | null>;
let rows: Row[];

beforeAll(async () => {
  workspace = await openTestWorkspace();
  const { engine } = workspace.context;
  await engine.transaction((session) => insertMetricBook(session));
  const { dialect } = engine;
  const scores = raw(`SELECT account_id, 0.5 AS score FROM accounts WHERE customer_id < 'c5'`);
  rows = await engine.connected(async (session) => {
    await session.run(sql`CREATE TEMP TABLE baseline AS ${baselineSql(dialect, { assigned, scores })}`);
    const given = {
      baseline: ident('baseline'),
      columns,
      asOf: metricAsOf,
      experimentId: 'x',
      primaryDays: 30,
    };
    return session.rows<Row>(sql`SELECT * FROM (${unitsSql(dialect, given)}) u ORDER BY customer_id`);
  });
});
afterAll(() => workspace.close());

describe('the table of units', () => {
  it('has one row a person, those nobody knows with it', () => {
    expect(new Set(rows.map((row) => row.customer_id)).size).toBe(rows.length);
    expect(rows.length).toBe(101);
    expect(rows.find((row) => row.customer_id === 'nobody')).toMatchObject({
      present: false,
      [columnId(columns[0]!)]: null,
      currency: null,
    });
  });

  it('leaves out of a metric whoever has not completed its window, and counts everybody else', () => {
    const known = rows.filter((row) => row.present);
    const closed = (row: Row, days: number) =>
      Date.parse(String(row.entered_on)) + days * 86_400_000 <= Date.parse(metricAsOf);
    for (const row of known) {
      expect(row['cured:30'] !== null).toBe(closed(row, 30));
      expect(row['promises_kept:60'] !== null).toBe(closed(row, 60));
      expect(row['d promises_kept:60'] !== null).toBe(closed(row, 60));
    }
    expect(known.some((row) => !closed(row, 30)) && known.some((row) => closed(row, 30))).toBe(true);
  });

  it('keeps currencies apart: a person counts in their own alone, with 0 when nothing was paid', () => {
    const closed = rows.filter((row) => row['cured:30'] !== null);
    for (const row of closed) {
      expect(row['cash:30:COP'] !== null).toBe(row.currency === 'COP');
      expect(row['cash:30:MXN'] !== null).toBe(row.currency === 'MXN');
    }
    expect(closed.some((row) => row['cash:30:MXN'] === 0)).toBe(true);
    expect(closed.some((row) => Number(row['cash:30:MXN']) > 0)).toBe(true);
  });

  it('knows people as they were on the day they entered, and nothing later', async () => {
    const { engine } = workspace.context;
    const { dialect } = engine;
    const read = () =>
      engine.rows(
        sql`SELECT * FROM (${baselineSql(dialect, { assigned, scores: null })}) b ORDER BY customer_id`,
      );
    const before = await read();
    await engine.run(
      raw(`INSERT INTO snapshots (account_id, as_of, days_past_due, arrears, load_id, source_row)
      SELECT account_id, DATE '2026-07-01', 99, 99, 1, 100000 + row_number() OVER () FROM accounts`),
    );
    await engine.run(
      raw(`INSERT INTO payments (payment_id, account_id, paid_at, known_at, amount, load_id, source_row)
      SELECT 'late' || account_id, account_id, TIMESTAMP '2026-04-20', TIMESTAMP '2026-07-01', 5, 1, 200000 + row_number() OVER () FROM accounts`),
    );
    expect(await read()).toEqual(before);
  });

  it('has exactly this text', async () => {
    const { dialect } = workspace.context.engine;
    const named = raw('SELECT customer_id, arm, stratum, entered_on FROM assigned');
    await expectGolden(baselineSql(dialect, { assigned: named, scores: null }), 'experiment/units-baseline');
    const given = {
      baseline: ident('baseline'),
      columns,
      asOf: '2026-12-31',
      experimentId: 'x',
      primaryDays: 30,
    };
    await expectGolden(unitsSql(dialect, given), 'experiment/units');
  });
});
