import type { BinHead } from '#core/portfolio/quality/bins.ts';
import type { QualityCheck, QualityScope } from '#core/portfolio/quality/check.ts';
import { compare } from '#core/portfolio/quality/drift.ts';
import type { Series } from '#core/portfolio/quality/series.ts';
import { current, duckdb } from '#core/sql/dialects/duckdb.ts';
import { ident, raw, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';

const head = (kind: BinHead['kind'], label: string | null): BinHead => ({
  kind,
  label,
  from: null,
  to: null,
});
const bins = [head('missing', null), head('code', 'old'), head('code', 'new'), head('other', null)];
const months = ['2025-11-01', '2025-12-01', '2026-01-01'];

/** A code that appears in the last month, and another column whose shares move without one. */
export const someSeries: Series[] = [
  {
    table: 'snapshots',
    column: 'status',
    bins,
    months: months.map((month, i) => ({ month, counts: i === 2 ? [0, 800, 200, 0] : [0, 1000, 0, 0] })),
    sql: 'SELECT 1',
  },
  {
    table: 'payments',
    column: 'method',
    bins,
    months: months.map((month, i) => ({ month, counts: i === 2 ? [0, 800, 200, 0] : [0, 300, 700, 0] })),
    sql: 'SELECT 1',
  },
];

const someShifts = [
  compare(
    { table: 'accounts', column: 'product_type', between: 'loads', before: '1', after: '2', sql: 'SELECT 1' },
    bins,
    [0, 900, 100, 0],
    [0, 300, 700, 0],
    1,
  ),
];

/** A portfolio where every column of every table has values, from two loads. */
export const everythingHeld: QualityScope = {
  dialect: duckdb,
  today: '2026-01-31',
  load: null,
  rows: current,
  rowsOf: () => 10,
  liveRowsOf: () => 10,
  isFilled: () => true,
  loadsOf: () => [1, 2],
  monthsOf: () => [
    { month: '2025-11-01', rows: 5, filled: {} },
    { month: '2026-01-01', rows: 5, filled: {} },
  ],
  series: someSeries,
  shifts: someShifts,
};

export const ofOneLoad: QualityScope = {
  ...everythingHeld,
  load: 2,
  rows: (table) => sql`(SELECT * FROM ${ident(table)} WHERE load_id = ${raw('2')})`,
};

export const sentencesOf = (check: QualityCheck): Text[] => [
  check.text.title,
  check.text.summary,
  check.found,
  check.clean,
  check.affects,
  check.advice,
];

/** The same in months and loads that are all alike. */
export const calm: QualityScope = {
  ...everythingHeld,
  series: someSeries.map((series) => ({
    ...series,
    months: months.map((month) => ({ month, counts: [0, 600, 400, 0] })),
  })),
  shifts: someShifts.map((shift) => ({ ...shift, level: 'stable' as const })),
};
