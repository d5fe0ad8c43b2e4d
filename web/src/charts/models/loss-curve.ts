import { frame, type Pens, type Spec } from '../chart.ts';

export interface LossPoint {
  loss: number;
  cumulative: number;
  density: number;
}

export interface LossMark {
  loss: number;
  text: string;
  lower?: number | null;
  upper?: number | null;
}

export interface LossWords {
  description: string;
  x: string;
  y: string;
}

/** From where on, and up to where, a year's loss is drawn: what falls outside would not be seen. */
const shownFrom = 0.0005;
const shownTo = 0.9997;

/** How likely each loss of a year is, with the losses that have a name ruled through it and their intervals as bands. */
export function lossCurve(
  points: readonly LossPoint[],
  marks: readonly LossMark[],
  words: LossWords,
  pens: Pens,
): Spec {
  const { palette } = pens;
  const values = points.filter(({ cumulative }) => cumulative >= shownFrom && cumulative <= shownTo);
  const most = Math.max(...values.map(({ density }) => density), 0);
  const width = Math.max(...values.map(({ loss }) => loss), ...marks.map(({ loss }) => loss), 1);
  const room = Math.max(width, 1.7 * Math.max(...marks.map(({ loss }) => loss), 0));
  /** From left to right each rule is lower than the one before, so that none crosses a name. */
  const named = [...marks]
    .sort((one, other) => one.loss - other.loss)
    .map((one, i) => ({ ...one, y: most * (1.02 - 0.2 * i) }));
  const banded = named.filter(({ lower, upper }) => typeof lower === 'number' && typeof upper === 'number');
  const x = {
    field: 'loss',
    type: 'quantitative',
    scale: { domain: [0, room * 1.02] },
    axis: { title: words.x, format: '~s', tickCount: 5 },
  };
  const y = {
    field: 'density',
    type: 'quantitative',
    scale: { domain: [0, most * 1.12] },
    axis: { title: words.y, labels: false, ticks: false, grid: false },
  };
  return frame(pens, {
    description: words.description,
    height: 260,
    right: 16,
    top: 12,
    layer: [
      {
        data: { values },
        mark: {
          type: 'area',
          color: palette.accent,
          opacity: 0.22,
          line: { color: palette.accent, strokeWidth: 2 },
        },
        encoding: { x, y },
      },
      {
        data: { values: banded },
        mark: { type: 'rect', color: palette.harm, opacity: 0.13 },
        encoding: { x: { ...x, field: 'lower' }, x2: { field: 'upper' } },
      },
      {
        data: { values: named },
        mark: { type: 'rule', color: palette.ink, strokeWidth: 1.5, strokeDash: [4, 3] },
        encoding: { x, y: { ...y, field: 'y' }, y2: { datum: 0 } },
      },
      {
        data: { values: named },
        mark: { type: 'text', align: 'left', baseline: 'top', dx: 6, fontWeight: 600, color: palette.ink },
        encoding: { x, y: { ...y, field: 'y' }, text: { field: 'text' } },
      },
    ],
  });
}
