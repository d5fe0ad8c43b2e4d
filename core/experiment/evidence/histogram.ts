import type { Dialect } from '../../sql/dialects/dialect.ts';
import { double } from '../../sql/double.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import type { Histogram } from '../statistic.ts';
import { measured } from './columns.ts';
import type { EvidenceRow } from './moments.ts';
import type { UnitMetric, UnitTable } from './unit-table.ts';

/** Half the width of what is kept around a quantile, in standard deviations of its rank. */
const halfWidth = 8;

/**
 * How many units of each arm have each value, values ascending: arm, value, n.
 *
 * With `around`, values are kept one by one only where a quantile and any interval of it could lie (8 standard
 * deviations of its rank, a few times √n values); those below count at the highest of them, those above at the lowest
 * of them, so that ranks near the quantile stay exact and the result stays small whatever the table.
 *
 * @param around the quantile, between 0 and 1; left out: every value
 */
export function histogramSql(dialect: Dialect, table: UnitTable, metric: UnitMetric, around?: number): Sql {
  const units = measured(dialect, {
    ...table,
    metrics: [metric],
    covariates: [],
    stratum: null,
    cohort: null,
  });
  const counted = sql`SELECT arm, y0 AS value, ${dialect.cast(raw('count(*)'), 'bigint')} AS n
    FROM (${units}) u WHERE y0 IS NOT NULL GROUP BY arm, y0`;
  if (around === undefined) return sql`${counted} ORDER BY arm, value`;
  const q = double(around);
  const reach = sql`(${double(halfWidth * Math.sqrt(around * (1 - around)))} * sqrt(people) + 2)`;
  return sql`WITH counted AS (${counted}), ranked AS (
      SELECT arm, value, n, sum(n) OVER (PARTITION BY arm ORDER BY value) AS upto, sum(n) OVER (PARTITION BY arm) AS people
      FROM counted
    ), placed AS (
      SELECT arm, value, n, CASE WHEN upto < ${q} * people - ${reach} THEN -1
        WHEN upto - n > ${q} * people + ${reach} THEN 1 ELSE 0 END AS side
      FROM ranked
    )
    SELECT arm, CASE WHEN side < 0 THEN max(value) ELSE min(value) END AS value, ${dialect.cast(raw('sum(n)'), 'bigint')} AS n
    FROM placed GROUP BY arm, side, CASE WHEN side = 0 THEN value END ORDER BY arm, value`;
}

/** Rows of `histogramSql`, by arm. */
export function readHistograms(rows: readonly EvidenceRow[]): Map<string, Histogram> {
  const found = new Map<string, { n: number; values: { value: number; count: number }[] }>();
  for (const row of rows) {
    const [arm, count] = [String(row.arm), Number(row.n)];
    const histogram = found.get(arm) ?? { n: 0, values: [] };
    histogram.n += count;
    histogram.values.push({ value: Number(row.value), count });
    found.set(arm, histogram);
  }
  return found;
}

/** Histograms of the parts of an arm together. */
export function mergeHistograms(parts: readonly Histogram[]): Histogram {
  const counts = new Map<number, number>();
  for (const { value, count } of parts.flatMap(({ values }) => values))
    counts.set(value, (counts.get(value) ?? 0) + count);
  return {
    n: parts.reduce((total, { n }) => total + n, 0),
    values: [...counts].sort(([a], [b]) => a - b).map(([value, count]) => ({ value, count })),
  };
}
