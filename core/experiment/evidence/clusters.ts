import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, join, raw, type Sql, sql } from '../../sql/sql.ts';
import type { Clusters } from '../statistic.ts';
import { covariateColumns, groupsOf, measured, outcomeColumns } from './columns.ts';
import { type EvidenceCell, type EvidenceRow, readOne } from './moments.ts';
import { momentAggregates } from './moments-sql.ts';
import type { UnitTable } from './unit-table.ts';

/**
 * Sums over cluster totals, as `momentsSql` gives those over units: the units become one row per cluster first, with
 * the totals of the outcome, of the denominator (of a metric that is no ratio: how many units have it) and of the
 * covariates among units that have the outcome. A cluster with people in two arms counts in each; in two strata or
 * cohorts, in the first of them. Units without a cluster are left out.
 */
export function clustersSql(dialect: Dialect, table: UnitTable & { cluster: string }): Sql {
  const covariates = covariateColumns(table);
  const named = (i: number, k: number) => raw(`m${i}x${k}`);
  const totals = table.metrics.flatMap((metric, i) => {
    const [y, d] = outcomeColumns(metric, i) as [Sql, Sql | undefined];
    const size = d ? dialect.carefulSum(d) : dialect.float(sql`nullif(count(${y}), 0)`);
    return [
      sql`${dialect.carefulSum(y)} AS ${y}`,
      sql`${size} AS ${raw(`d${i}`)}`,
      ...covariates.map(
        (x, k) => sql`${dialect.carefulSum(sql`CASE WHEN ${y} IS NOT NULL THEN ${x} END`)} AS ${named(i, k)}`,
      ),
    ];
  });
  const aggregates = table.metrics.flatMap((_, i) => {
    const columns = [raw(`y${i}`), raw(`d${i}`), ...covariates.map((__, k) => named(i, k))];
    return momentAggregates(dialect, columns, columns.length, i);
  });
  const units = measured(dialect, table, [sql`${dialect.cast(ident(table.cluster), 'text')} AS cluster`]);
  const { shown, by } = groupsOf(dialect, table);
  const firsts = [
    ...(table.stratum === null ? [] : [raw('min(stratum) AS stratum')]),
    ...(table.cohort === null ? [] : [raw('min(cohort) AS cohort')]),
    raw('count(*) AS size'),
  ];
  return sql`SELECT ${shown}, ${dialect.cast(raw('sum(size)'), 'bigint')} AS units,
      ${join(aggregates)}
    FROM (
      SELECT arm, cluster, ${join([...firsts, ...totals])}
      FROM (${units}) v WHERE cluster IS NOT NULL GROUP BY arm, cluster
    ) u GROUP BY ${by} ORDER BY 1, 2, 3`;
}

/** Rows of `clustersSql`. */
export const readClusters = (table: UnitTable, rows: readonly EvidenceRow[]): EvidenceCell<Clusters>[] =>
  rows.map((row) => ({
    arm: String(row.arm),
    stratum: String(row.stratum),
    cohort: String(row.cohort),
    units: Number(row.units),
    metrics: Object.fromEntries(
      table.metrics.map(({ id }, i) => [id, readOne(row, i, 2 + table.covariates.length, true)]),
    ),
  }));
