import type { Dialect } from '../../sql/dialects/dialect.ts';
import { join, raw, type Sql, sql } from '../../sql/sql.ts';
import { covariateColumns, groupsOf, measured, outcomeColumns } from './columns.ts';
import type { UnitTable } from './unit-table.ts';

/** Aggregates of one metric: m<index>_n, _s0 … and _p00, _p01 …, over the units that have it. */
export function momentAggregates(
  dialect: Dialect,
  columns: readonly Sql[],
  outcomes: number,
  index: number,
): Sql[] {
  const known = columns[0]!;
  const total = (value: Sql, name: string) =>
    sql`${dialect.carefulSum(value)} AS ${raw(`m${index}_${name}`)}`;
  const ofKnown = (i: number, value: Sql) =>
    i < outcomes ? value : sql`CASE WHEN ${known} IS NOT NULL THEN ${value} END`;
  const products = columns.flatMap((left, i) =>
    columns.slice(i).map((right, k) => total(ofKnown(i, sql`${left} * ${right}`), `p${i}_${i + k}`)),
  );
  return [
    sql`${dialect.cast(sql`count(${known})`, 'bigint')} AS ${raw(`m${index}_n`)}`,
    ...columns.map((column, i) => total(ofKnown(i, column), `s${i}`)),
    ...products,
  ];
}

/**
 * Sums over units of every metric in one pass: a row per arm × stratum × cohort with how many units know the metric,
 * the sums of y, d and the covariates, and of their products. Units without the outcome are left out of that metric
 * alone. Order: arm, stratum, cohort.
 *
 * Sums carry their rounding; a variance taken from them is right to about 1e-16 × (1 + mean² / variance).
 */
export function momentsSql(dialect: Dialect, table: UnitTable): Sql {
  const covariates = covariateColumns(table);
  const aggregates = table.metrics.flatMap((metric, i) => {
    const outcomes = outcomeColumns(metric, i);
    return momentAggregates(dialect, [...outcomes, ...covariates], outcomes.length, i);
  });
  const units = sql`${dialect.cast(raw('count(*)'), 'bigint')} AS units`;
  const { shown, by } = groupsOf(dialect, table);
  return sql`SELECT ${shown}, ${join([units, ...aggregates])}
    FROM (${measured(dialect, table)}) u GROUP BY ${by} ORDER BY 1, 2, 3`;
}
