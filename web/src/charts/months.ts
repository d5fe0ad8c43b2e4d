import { type Pens, type Spec, write } from './chart.ts';
import { type HeatCell, type HeatWords, heatGrid } from './heat-grid.ts';

/** One cell: a table or a column in one month. */
export interface MonthCell extends Omit<HeatCell, 'at'> {
  month: string;
}

/** Months from left to right, one line for each table or column; a stronger colour is more. A month without rows is left blank. */
export function months(cells: readonly MonthCell[], words: HeatWords, pens: Pens): Spec {
  const f = write(pens);
  const all = [...new Set(cells.map(({ month }) => month))].sort().map((month) => f.month(month));
  return heatGrid(
    cells.map((cell) => ({ ...cell, at: f.month(cell.month) })),
    all,
    words,
    pens,
  );
}
