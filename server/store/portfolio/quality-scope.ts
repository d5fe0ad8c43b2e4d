import type { QualityCheck, QualityScope } from '#core/portfolio/quality/check.ts';
import type { Shift } from '#core/portfolio/quality/drift.ts';
import type { MonthRows } from '#core/portfolio/quality/months.ts';
import type { Series } from '#core/portfolio/quality/series.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { ident, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { workspaceToday } from '../workspace.ts';
import type { QualityReport } from './quality.ts';

/** What to read in place of a table: its live rows, or those one load brought. */
export const relationOf =
  (load: number | null) =>
  (table: string): Sql =>
    load === null
      ? current(table)
      : sql`(SELECT * FROM ${ident(table)} WHERE load_id = ${raw(String(Math.trunc(load)))})`;

export interface LiveLoad {
  id: number;
  tables: Map<string, number>;
}

/** Live loads with the rows each brought, oldest first. */
export async function liveLoads(session: Session): Promise<LiveLoad[]> {
  const rows = await session.rows<{ load_id: number; tables: string }>(
    sql`SELECT load_id, tables FROM loads WHERE state = 'live' ORDER BY load_id`,
  );
  return rows.map(({ load_id, tables }) => ({
    id: load_id,
    tables: new Map(
      (JSON.parse(tables) as { table: string; rows: number }[])
        .filter(({ rows: n }) => n > 0)
        .map(({ table, rows: n }) => [table, n]),
    ),
  }));
}

/** Live loads that hold rows of a table, oldest first, up to one of them. */
export const loadsHolding = (loads: readonly LiveLoad[], table: string, upTo: number | null): number[] =>
  loads.filter(({ id, tables }) => tables.has(table) && (upTo === null || id <= upTo)).map(({ id }) => id);

export interface Described {
  load: number | null;
  columns: QualityReport['columns'];
  months: { table: string; months: MonthRows[] }[];
  series: Series[];
  shifts: Shift[];
}

/** What the checks may know of the data, from what was found out before them. */
export async function scopeOf(context: Context, described: Described): Promise<QualityScope> {
  const { load, columns, months, series, shifts } = described;
  const rows = new Map(columns.map((column) => [column.table, column.rows]));
  const filled = new Set(
    columns.filter((one) => one.nulls < one.rows).map((one) => `${one.table}.${one.column}`),
  );
  const loads = await liveLoads(context.engine);
  const live = new Map<string, number>();
  for (const { tables } of loads)
    for (const [table, n] of tables) live.set(table, (live.get(table) ?? 0) + n);
  return {
    dialect: context.engine.dialect,
    today: await workspaceToday(context),
    load,
    rows: relationOf(load),
    rowsOf: (table) => rows.get(table) ?? 0,
    liveRowsOf: (table) => live.get(table) ?? 0,
    isFilled: (table, column) => filled.has(`${table}.${column}`),
    loadsOf: (table) => loadsHolding(loads, table, load),
    monthsOf: (table) => months.find((one) => one.table === table)?.months ?? [],
    series,
    shifts,
  };
}

/** The checks of this installation by id, in their order. */
export const checksOf = (context: Context): [id: string, check: QualityCheck][] =>
  ([...context.registry.checks] as unknown as [string, QualityCheck][]).sort(
    ([a, one], [b, other]) => one.order - other.order || a.localeCompare(b),
  );
