import type { Dialect } from '../../sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import { measured } from './columns.ts';
import type { UnitMetric, UnitTable } from './unit-table.ts';

/** The values of a metric in one arm, ascending, one row a unit: column `value`. For methods that need each of them. */
export const valuesSql = (dialect: Dialect, table: UnitTable, metric: UnitMetric, arm: string): Sql =>
  sql`SELECT y0 AS value
    FROM (${measured(dialect, { ...table, metrics: [metric], covariates: [], stratum: null, cohort: null })}) u
    WHERE ${dialect.cast(raw('arm'), 'text')} = ${arm} AND y0 IS NOT NULL ORDER BY value`;
