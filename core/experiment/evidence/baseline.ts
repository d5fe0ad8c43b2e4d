import type { Dialect } from '../../sql/dialects/dialect.ts';
import { join, raw, type Sql, sql } from '../../sql/sql.ts';
import { covariateColumns, groupsOf, measured } from './columns.ts';
import { type EvidenceCell, type EvidenceRow, readOne } from './moments.ts';
import { momentAggregates } from './moments-sql.ts';
import type { UnitTable } from './unit-table.ts';

/** Id under which `readBaseline` keeps the covariates' moments. */
export const baselineId = 'baseline';

/** Sums of the covariates and of their products over all units, whatever outcomes they have: a row per arm × stratum × cohort. */
export function baselineSql(dialect: Dialect, table: UnitTable): Sql {
  const columns = covariateColumns(table);
  const units = sql`${dialect.cast(raw('count(*)'), 'bigint')} AS units`;
  const { shown, by } = groupsOf(dialect, table);
  return sql`SELECT ${shown}, ${join([units, ...momentAggregates(dialect, columns, columns.length, 0)])}
    FROM (${measured(dialect, { ...table, metrics: [] })}) u GROUP BY ${by} ORDER BY 1, 2, 3`;
}

/** Rows of `baselineSql`: moments whose columns are the covariates. */
export const readBaseline = (table: UnitTable, rows: readonly EvidenceRow[]): EvidenceCell[] =>
  rows.map((row) => ({
    arm: String(row.arm),
    stratum: String(row.stratum),
    cohort: String(row.cohort),
    units: Number(row.units),
    metrics: { [baselineId]: readOne(row, 0, table.covariates.length, false) },
  }));
