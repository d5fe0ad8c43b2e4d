import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, join, literal, raw, type Sql, sql } from '../../sql/sql.ts';
import type { UnitTable } from '../evidence/unit-table.ts';
import type { MetricAsked } from './asked.ts';

export type ColumnClass = 'number' | 'boolean' | 'date' | 'text';

/** A covariate as a number: a column of numbers, or 1 where a column has a level. */
export interface Covariate {
  column: string;
  /** null: the number itself. */
  level: string | null;
}

/** A table from elsewhere and which of its columns is what. */
export interface OutsideTable {
  relation: Sql;
  columns: ReadonlyMap<string, ColumnClass>;
  arm: string;
  unit: string | null;
  cluster: string | null;
  strata: readonly string[];
  metrics: readonly MetricAsked[];
  covariates: readonly Covariate[];
  /** Rows whose outcome is dated before the draw are left out. */
  dates: { assigned: string; outcome: string } | null;
}

/** A number, or NULL for what is none: text, infinity. */
function numberOf(dialect: Dialect, table: OutsideTable, column: string): Sql {
  const value = dialect.float(ident(column));
  return table.columns.get(column) === 'number'
    ? sql`CASE WHEN ${value} - ${value} = 0 THEN ${value} END`
    : value;
}

const textOf = (dialect: Dialect, column: string): Sql => dialect.cast(ident(column), 'text');

function covariateOf(dialect: Dialect, table: OutsideTable, { column, level }: Covariate): Sql {
  if (level === null) return numberOf(dialect, table, column);
  return sql`CASE WHEN ${textOf(dialect, column)} = ${literal(level)} THEN 1e0 WHEN ${ident(column)} IS NOT NULL THEN 0e0 END`;
}

/** Rows with an arm: arm, unit, cluster, stratum as text, outcomes v0, w0 …, covariates c0 …; in no order. */
export function unitsSql(dialect: Dialect, table: OutsideTable): Sql {
  const named = (column: string | null, name: string) =>
    sql`${column === null ? dialect.cast(raw('NULL'), 'text') : textOf(dialect, column)} AS ${raw(name)}`;
  const stratum = table.strata.map((column) => sql`coalesce(${textOf(dialect, column)}, '')`);
  const parts = stratum.flatMap((part, i) => (i ? [raw("' / '"), part] : [part]));
  const early = table.dates
    ? sql` AND NOT coalesce(${ident(table.dates.outcome)} < ${ident(table.dates.assigned)}, false)`
    : raw('');
  const columns = [
    named(table.arm, 'arm'),
    named(table.unit, 'unit'),
    named(table.cluster, 'cluster'),
    sql`${parts.length ? dialect.concat(...parts) : raw("''")} AS stratum`,
    ...table.metrics.flatMap(({ y, d }, i) => [
      sql`${numberOf(dialect, table, y)} AS ${raw(`v${i}`)}`,
      ...(d === undefined ? [] : [sql`${numberOf(dialect, table, d)} AS ${raw(`w${i}`)}`]),
    ]),
    ...table.covariates.map(
      (covariate, i) => sql`${covariateOf(dialect, table, covariate)} AS ${raw(`c${i}`)}`,
    ),
  ];
  return sql`SELECT ${join(columns)} FROM (${table.relation}) s WHERE ${ident(table.arm)} IS NOT NULL${early}`;
}

/** The units as evidence is taken from them. A cap makes a second metric beside the first. */
export const unitTableOf = (
  units: Sql,
  table: OutsideTable,
  caps: ReadonlyMap<string, number> = new Map(),
): UnitTable => ({
  relation: units,
  arm: 'arm',
  metrics: table.metrics.flatMap(({ id, d }, i) => {
    const columns = { y: `v${i}`, ...(d !== undefined && { d: `w${i}` }) };
    const cap = caps.get(id);
    return [{ id, ...columns }, ...(cap === undefined ? [] : [{ id: cappedId(id), ...columns, cap }])];
  }),
  covariates: table.covariates.map((_, i) => `c${i}`),
  stratum: table.strata.length ? 'stratum' : null,
  cohort: null,
  cluster: table.cluster === null ? null : 'cluster',
});

export const cappedId = (id: string): string => `${id}:capped`;

/** Rows of each arm: how many, of how many units and clusters, and how many without a unit or a cluster. */
export const armsSql = (dialect: Dialect, units: Sql): Sql => {
  const count = (value: Sql) => dialect.cast(value, 'bigint');
  return sql`SELECT arm, ${count(sql`count(*)`)} AS n, ${count(sql`count(DISTINCT unit)`)} AS units,
      ${count(sql`count(DISTINCT cluster)`)} AS clusters, ${dialect.countIf(sql`cluster IS NULL`)} AS loose,
      ${dialect.countIf(sql`unit IS NULL`)} AS nameless
    FROM (${units}) u GROUP BY arm ORDER BY arm`;
};

/** The most frequent values of a column, as text, with how many rows hold each. */
export const levelsSql = (dialect: Dialect, relation: Sql, column: string, most: number): Sql =>
  sql`SELECT ${textOf(dialect, column)} AS value, ${dialect.cast(sql`count(*)`, 'bigint')} AS n
    FROM (${relation}) s WHERE ${ident(column)} IS NOT NULL
    GROUP BY 1 ORDER BY n DESC, value LIMIT ${raw(String(most))}`;
