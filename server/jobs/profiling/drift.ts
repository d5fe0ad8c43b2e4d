import type { Table } from '#core/portfolio/column.ts';
import { compare, excessOf, type Shift } from '#core/portfolio/quality/drift.ts';
import { comparedByMonth, timeOf } from '#core/portfolio/quality/months.ts';
import { monthShifts, type Series, worstOf } from '#core/portfolio/quality/series.ts';
import { tableNamed, tables } from '#core/portfolio/tables.ts';
import { any, ident, raw, type Sql, sql } from '#core/sql/sql.ts';
import { liveLoads, loadsHolding, relationOf } from '../../store/portfolio/quality-scope.ts';
import type { StepRun } from '../job.ts';
import type { ColumnsOutput } from './columns.ts';
import { type Counted, countSpreads } from './spreads.ts';

export interface DriftOutput {
  series: Series[];
  /** Between loads, and each column's worst pair of months; what moved most first. */
  shifts: Shift[];
}

/**
 * Compares the newest load of each table (or the one asked for) with the load before it, and months with months.
 * Of tables whose rows have a date only the last month of each load is compared, so that a load of one month and one
 * of many are alike, and an account counts once.
 */
export async function findDrift(
  step: StepRun<unknown>,
  load: number | null,
  described: ColumnsOutput,
  progress: (done: number, note: string) => void,
): Promise<DriftOutput> {
  const series: Series[] = [];
  for (const name of comparedByMonth) {
    progress(0.1, name);
    const table = tableNamed(name);
    const months = described.months.find((one) => one.table === name)?.months ?? [];
    if (table && months.length > 1) series.push(...(await readSeries(step, table, load, described)));
  }
  const pairs = await readPairs(step, load, (note) => progress(0.6, note));
  const comparisons =
    series.reduce((sum, one) => sum + one.months.length - 1, 0) +
    pairs.reduce((sum, pair) => sum + pair.counted.length, 0);
  const between = pairs.flatMap((pair) => pair.counted.flatMap((one) => shiftOf(pair, one, comparisons)));
  const months = series.flatMap(
    (one) => worstOf(monthShifts(one, comparisons).filter(({ psi }) => psi !== null)) ?? [],
  );
  return { series, shifts: [...between, ...months].sort((a, b) => excessOf(b) - excessOf(a)) };
}

const filledOf = (described: ColumnsOutput, table: string) => (column: string) =>
  described.columns.some((one) => one.table === table && one.column === column && one.nulls < one.rows);

async function readSeries(
  step: StepRun<unknown>,
  table: Table,
  load: number | null,
  described: ColumnsOutput,
): Promise<Series[]> {
  const { dialect } = step.context.engine;
  const relation = relationOf(load)(table.name);
  const counted = await countSpreads(step, {
    table,
    base: relation,
    baseRows: described.rows[table.name] ?? 0,
    counted: relation,
    side: dialect.monthStart(ident(timeOf(table.name) ?? '')),
    has: filledOf(described, table.name),
  });
  return counted.map(({ column, bins, sides, sql: shown }) => ({
    table: table.name,
    column,
    bins,
    months: [...sides].map(([month, counts]) => ({ month, counts })),
    sql: shown,
  }));
}

interface Pair {
  table: string;
  before: number;
  after: number;
  counted: Counted[];
}

async function readPairs(
  step: StepRun<unknown>,
  load: number | null,
  progress: (note: string) => void,
): Promise<Pair[]> {
  const loads = await liveLoads(step.context.engine);
  const pairs: Pair[] = [];
  for (const table of tables) {
    const holding = loadsHolding(loads, table.name, load);
    const [before, after] = holding.slice(-2);
    if (before === undefined || after === undefined || (load !== null && after !== load)) continue;
    progress(table.name);
    const rowsIn = (id: number) => loads.find((one) => one.id === id)?.tables.get(table.name) ?? 0;
    const [earlier, later] = [await lastMonth(step, table, before), await lastMonth(step, table, after)];
    const counted = await countSpreads(step, {
      table,
      base: sql`(SELECT * FROM ${ident(table.name)} WHERE ${earlier})`,
      baseRows: rowsIn(before),
      counted: sql`(SELECT * FROM ${ident(table.name)} WHERE ${any([earlier, later])})`,
      side: raw('load_id'),
      has: () => true,
    });
    pairs.push({ table: table.name, before, after, counted });
  }
  return pairs;
}

/** The condition for the rows of a load in its last month; all of them where rows have no date. */
async function lastMonth(step: StepRun<unknown>, table: Table, load: number): Promise<Sql> {
  const { engine } = step.context;
  const time = timeOf(table.name);
  const ofLoad = sql`load_id = ${raw(String(load))}`;
  if (!time) return ofLoad;
  const found = await engine.first<{ month: string | null }>(
    sql`SELECT ${engine.dialect.cast(engine.dialect.monthStart(sql`max(${ident(time)})`), 'text')} AS month FROM ${ident(table.name)} WHERE ${ofLoad}`,
  );
  return found?.month ? sql`${ofLoad} AND ${ident(time)} >= ${engine.dialect.date(found.month)}` : ofLoad;
}

function shiftOf(
  { table, before, after }: Pair,
  { column, bins, sides, sql: shown }: Counted,
  comparisons: number,
): Shift[] {
  const [earlier, later] = [sides.get(String(before)), sides.get(String(after))];
  if (!earlier || !later) return [];
  const between = { table, column, between: 'loads' as const, before: String(before), after: String(after) };
  const shift = compare({ ...between, sql: shown }, bins, earlier, later, comparisons);
  return shift.psi === null ? [] : [shift];
}
