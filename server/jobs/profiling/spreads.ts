import type { Table } from '#core/portfolio/column.ts';
import {
  binCounts,
  commonCodes,
  edgeQuantiles,
  edgesOf,
  headsOf,
  type Spread,
  spreadColumns,
  spreadKind,
} from '#core/portfolio/quality/bins.ts';
import { countsBySide } from '#core/portfolio/quality/series.ts';
import { showSql } from '#core/sql/show.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { StepRun } from '../job.ts';

export interface SpreadPlan {
  table: Table;
  /** Rows from which bins of numbers are cut. */
  base: Sql;
  baseRows: number;
  /** Rows that are counted, and from which codes are taken. */
  counted: Sql;
  side: Sql;
  /** Columns to leave out: those without a value. */
  has(column: string): boolean;
}

export interface Counted {
  column: string;
  bins: ReturnType<typeof headsOf>;
  /** In the order of the sides. */
  sides: Map<string, number[]>;
  sql: string;
}

/** How every column of a table that can be is spread on each side. One statement each; a cancel is seen between two. */
export async function countSpreads(step: StepRun<unknown>, plan: SpreadPlan): Promise<Counted[]> {
  const { engine } = step.context;
  const { table, counted, side } = plan;
  const numbers = spreadColumns(table, 'numbers').filter(plan.has);
  step.checkCancelled();
  const edges = numbers.length
    ? await engine.first<Record<string, number | null>>(
        edgeQuantiles(engine.dialect, plan.base, numbers, plan.baseRows),
      )
    : undefined;
  const found: Counted[] = [];
  for (const column of Object.keys(table.columns)) {
    if (spreadKind(table, column) === null || !plan.has(column)) continue;
    step.checkCancelled();
    const spread = await spreadOf(step, plan, column, edges);
    const bins = headsOf(spread);
    const statement = binCounts(engine.dialect, counted, side, column, spread);
    const rows = await engine.rows<{ side: string | number; bin: number; n: number }>(statement);
    found.push({ column, bins, sides: countsBySide(rows, bins.length), sql: showSql(statement) });
  }
  return found;
}

async function spreadOf(
  step: StepRun<unknown>,
  { table, counted }: SpreadPlan,
  column: string,
  edges: Record<string, number | null> | undefined,
): Promise<Spread> {
  const { engine } = step.context;
  const kind = spreadKind(table, column);
  if (kind === 'numbers') return { kind, edges: edgesOf(edges, column) };
  if (kind !== 'codes') return { kind: kind ?? 'filled' };
  const codes = await engine.rows<{ code: string }>(commonCodes(engine.dialect, counted, column));
  return { kind, codes: codes.map(({ code }) => code) };
}
