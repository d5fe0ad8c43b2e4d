import { frame, type Layer, type Pens, type Spec } from '../chart.ts';

export interface ForestRow {
  label: string;
  estimate: number | null;
  lower: number | null;
  upper: number | null;
  /** What is written at the right of the interval. */
  text: string;
  /** Clear of the reference: filled; otherwise hollow. */
  clear: boolean;
  /** Index into the colours of arms. */
  colour?: number;
}

export interface ForestWords {
  description: string;
  axis: string | null;
  format: string;
}

export interface ForestScale {
  domain?: readonly [number, number];
  reference?: number;
}

/** Estimates with their intervals, one under another, against a line of reference. */
export function forest(
  rows: readonly ForestRow[],
  words: ForestWords,
  pens: Pens,
  { domain, reference }: ForestScale = {},
): Spec {
  const { palette } = pens;
  const values = rows
    .filter((row) => row.estimate !== null)
    .map((row) => ({ ...row, ink: palette.arms[(row.colour ?? 1) % palette.arms.length] }));
  const y = {
    field: 'label',
    type: 'nominal',
    sort: null,
    axis: null,
    scale: { paddingInner: 0, paddingOuter: 0 },
  };
  /** Names and figures stand above their interval, so that the interval has the whole width at any size. */
  const above = (end: boolean): Layer => ({
    data: { values },
    mark: {
      type: 'text',
      align: end ? 'right' : 'left',
      dy: -13,
      color: palette.ink,
      ...(end ? { fontWeight: 600 } : {}),
    },
    encoding: { y, x: { value: end ? 'width' : 0 }, text: { field: end ? 'text' : 'label' } },
  });
  const x = {
    field: 'estimate',
    type: 'quantitative',
    scale: { zero: false, nice: false, domain: domain ?? around(values, reference) },
    axis: { title: words.axis, format: words.format, tickCount: 4 },
  };
  const ink = { field: 'ink', type: 'nominal', scale: null };
  return frame(pens, {
    description: words.description,
    height: 46 * values.length + 34,
    layer: [
      ...(reference === undefined
        ? []
        : [
            {
              data: { values },
              mark: {
                type: 'tick',
                orient: 'vertical',
                size: 22,
                thickness: 1.5,
                color: palette.rule,
                yOffset: 6,
              },
              encoding: { y, x: { datum: reference, type: 'quantitative' } },
            },
          ]),
      {
        data: { values },
        mark: { type: 'rule', strokeWidth: 2.5, yOffset: 6 },
        encoding: { y, x: { ...x, field: 'lower' }, x2: { field: 'upper' }, color: ink },
      },
      {
        data: { values },
        mark: { type: 'point', size: 90, strokeWidth: 2, opacity: 1, yOffset: 6 },
        encoding: {
          y,
          x,
          stroke: ink,
          fill: { condition: { test: 'datum.clear', ...ink }, value: palette.paper },
        },
      },
      above(false),
      above(true),
    ],
  });
}

/** The span of the intervals and the reference, with a little room at both ends. */
function around(rows: readonly ForestRow[], reference: number | undefined): [number, number] {
  const ends = rows.flatMap((row) => [row.lower ?? row.estimate ?? 0, row.upper ?? row.estimate ?? 0]);
  if (reference !== undefined) ends.push(reference);
  if (!ends.length) return [0, 1];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low - room, high + room];
}
