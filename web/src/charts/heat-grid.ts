import { frame, type Pens, type Spec } from './chart.ts';

export interface HeatCell {
  label: string;
  /** The name of its column. */
  at: string;
  /** Share of the scale, 0 to 1. */
  value: number;
  /** What the cell says when pointed at. */
  shown: string;
}

export interface HeatWords {
  description: string;
  figure: string;
}

/** About five of many, evenly apart, the last always. */
const fewOf = (columns: readonly string[]): string[] => {
  const every = Math.ceil(columns.length / 5);
  return columns.filter((_, i) => (columns.length - 1 - i) % every === 0);
};

/** Columns from left to right, lines in the order their labels come; a stronger colour is more. A cell that is not given is left blank. */
export function heatGrid(
  cells: readonly HeatCell[],
  columns: readonly string[],
  words: HeatWords,
  pens: Pens,
): Spec {
  const labels = [...new Set(cells.map(({ label }) => label))];
  return frame(pens, {
    description: words.description,
    height: 30 * labels.length + 34,
    layer: [
      {
        data: { values: [...cells] },
        mark: { type: 'rect', cornerRadius: 1.5 },
        encoding: {
          x: {
            field: 'at',
            type: 'ordinal',
            sort: [...columns],
            axis: { title: null, labelAngle: 0, labelOverlap: 'greedy', values: fewOf(columns) },
            scale: { paddingInner: 0.08, domain: [...columns] },
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
            scale: { domain: [0, 1], range: [...pens.palette.ramp], interpolate: 'lab' },
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
