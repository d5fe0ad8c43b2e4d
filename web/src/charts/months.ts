import { frame, type Pens, type Spec, write } from './chart.ts';

/** One cell: a table or a column in one month. */
export interface MonthCell {
  label: string;
  month: string;
  /** Share of the scale, 0 to 1. */
  value: number;
  /** What the cell says when pointed at. */
  shown: string;
}

export interface MonthWords {
  description: string;
  figure: string;
}

/** Months from left to right, one line for each table or column; a stronger colour is more. A month without rows is left blank. */
export function months(cells: readonly MonthCell[], words: MonthWords, pens: Pens): Spec {
  const { palette } = pens;
  const f = write(pens);
  const labels = [...new Set(cells.map(({ label }) => label))];
  const all = [...new Set(cells.map(({ month }) => month))].sort();
  const every = Math.ceil(all.length / 5);
  const named = all.filter((_, i) => (all.length - 1 - i) % every === 0).map((month) => f.month(month));
  return frame(pens, {
    description: words.description,
    height: 30 * labels.length + 34,
    layer: [
      {
        data: { values: cells.map((cell) => ({ ...cell, at: f.month(cell.month) })) },
        mark: { type: 'rect', cornerRadius: 1.5 },
        encoding: {
          x: {
            field: 'at',
            type: 'ordinal',
            sort: all.map((month) => f.month(month)),
            axis: { title: null, labelAngle: 0, labelOverlap: 'greedy', values: named },
            scale: { paddingInner: 0.08 },
          },
          y: {
            field: 'label',
            type: 'nominal',
            sort: labels,
            axis: { title: null, grid: false, labelLimit: 220 },
            scale: { paddingInner: 0.16 },
          },
          color: {
            field: 'value',
            type: 'quantitative',
            scale: { domain: [0, 1], range: [...palette.ramp], interpolate: 'lab' },
          },
          tooltip: [
            { field: 'label', title: ' ' },
            { field: 'at', title: '  ' },
            { field: 'shown', title: words.figure },
          ],
        },
      },
    ],
  });
}
