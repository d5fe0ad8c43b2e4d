import type { Dialect } from '../../sql/dialects/dialect.ts';
import { double } from '../../sql/double.ts';
import { ident, join, raw, type Sql, sql } from '../../sql/sql.ts';
import type { UnitMetric, UnitTable } from './unit-table.ts';

/** Names of the columns of `measured`: outcome, denominator where there is one; covariates are x0, x1 …. */
export const outcomeColumns = (metric: UnitMetric, index: number): Sql[] =>
  (metric.d === undefined ? ['y'] : ['y', 'd']).map((part) => raw(`${part}${index}`));
export const covariateColumns = (table: UnitTable): Sql[] => table.covariates.map((_, i) => raw(`x${i}`));

/** What rows are grouped by: the columns there are, and how each is shown, '' where there is none. */
export function groupsOf(dialect: Dialect, { stratum, cohort }: UnitTable): { shown: Sql; by: Sql } {
  const given = [
    raw('arm'),
    ...(stratum === null ? [] : [raw('stratum')]),
    ...(cohort === null ? [] : [raw('cohort')]),
  ];
  const text = (name: string, column: string | null) =>
    column === null
      ? sql`'' AS ${raw(name)}`
      : sql`coalesce(${dialect.cast(raw(`u.${name}`), 'text')}, '') AS ${raw(name)}`;
  return {
    shown: join([
      sql`${dialect.cast(raw('u.arm'), 'text')} AS arm`,
      text('stratum', stratum),
      text('cohort', cohort),
    ]),
    by: join(given.map((column) => sql`u.${column}`)),
  };
}

function outcomes(dialect: Dialect, { y, d, cap }: UnitMetric, index: number): Sql[] {
  const value = dialect.float(ident(y));
  const capped =
    cap === undefined
      ? value
      : sql`CASE WHEN ${value} > ${double(cap)} THEN ${double(cap)} ELSE ${value} END`;
  if (d === undefined) return [sql`${capped} AS ${raw(`y${index}`)}`];
  return [
    sql`CASE WHEN ${ident(d)} IS NOT NULL THEN ${capped} END AS ${raw(`y${index}`)}`,
    sql`CASE WHEN ${ident(y)} IS NOT NULL THEN ${dialect.float(ident(d))} END AS ${raw(`d${index}`)}`,
  ];
}

/**
 * The units with their columns under fixed names: arm, stratum and cohort where there are such, y and d of each metric
 * (NULL together, capped) and covariates less their centres (0 where not known).
 */
export function measured(dialect: Dialect, table: UnitTable, more: readonly Sql[] = []): Sql {
  const covariates = table.covariates.map((column, i) => {
    const centre = double(table.centres?.[i] ?? 0);
    return sql`coalesce(${dialect.float(ident(column))} - ${centre}, 0) AS ${raw(`x${i}`)}`;
  });
  const columns = [
    sql`${ident(table.arm)} AS arm`,
    ...(table.stratum === null ? [] : [sql`${ident(table.stratum)} AS stratum`]),
    ...(table.cohort === null ? [] : [sql`${ident(table.cohort)} AS cohort`]),
    ...table.metrics.flatMap((metric, i) => outcomes(dialect, metric, i)),
    ...covariates,
    ...more,
  ];
  return sql`SELECT ${join(columns)} FROM (${table.relation}) t WHERE ${ident(table.arm)} IS NOT NULL`;
}

/**
 * One row with the mean of each covariate over all units, c0, c1 …, NULL where nobody has a value.
 *
 * Far from 0, a covariate loses its digits when squared; its centre may be any number, as effects do not depend on it.
 */
export const covariateCentres = (dialect: Dialect, { relation, covariates }: UnitTable): Sql =>
  sql`SELECT ${join(covariates.map((column, i) => sql`avg(${dialect.float(ident(column))}) AS ${raw(`c${i}`)}`))}
    FROM (${relation}) t`;

/** Reads the row of `covariateCentres`; a covariate that nobody has stays at 0. */
export const readCentres = (table: UnitTable, row: Record<string, unknown>): number[] =>
  table.covariates.map((_, i) => {
    const mean = Number(row[`c${i}`] ?? 0);
    return Number.isFinite(mean) ? mean : 0;
  });
