import { frame, type Pens, type Spec } from '../chart.ts';

export interface CurvePoint {
  x: number;
  y: number;
}

export interface Curve {
  /** Written within, with a piece of the line. */
  name: string;
  points: readonly CurvePoint[];
  /** Drawn strongest: the one chosen. */
  strong: boolean;
}

export interface CurveWords {
  description: string;
  x: string;
  y: string;
  /** What the straight line is: choosing by chance. */
  chance: string;
}

/**
 * Curves from (0, 0) to (1, 1) over one another on the unit square, each with its name within: receiver operating
 * curves, gain curves.
 *
 * Curves of good models lie over one another, so their names stand in the empty corner, each with a piece of its line.
 */
export function curves(series: readonly Curve[], words: CurveWords, pens: Pens): Spec {
  const { palette } = pens;
  const ink = (i: number) => palette.arms[(i + 1) % palette.arms.length] as string;
  const rows = series.flatMap(({ name, points, strong }, i) =>
    [{ x: 0, y: 0 }, ...points, { x: 1, y: 1 }].map((point, at) => ({
      ...point,
      at,
      name,
      ink: ink(i),
      width: strong ? 3 : 1.75,
    })),
  );
  const axis = (field: string, title: string) => ({
    field,
    type: 'quantitative',
    scale: { domain: [0, 1], nice: false },
    axis: { title, format: '.0%', tickCount: 5 },
  });
  const x = axis('x', words.x);
  const y = axis('y', words.y);
  const labels = series.map(({ name, strong }, i) => ({
    x: 0.47,
    from: 0.4,
    until: 0.455,
    y: 0.06 + 0.085 * (series.length - 1 - i),
    name,
    ink: ink(i),
    strong,
  }));
  const label = { x: { ...x, field: 'x' }, y: { ...y, field: 'y' } };
  return frame(pens, {
    description: words.description,
    height: 300,
    right: 20,
    layer: [
      {
        data: {
          values: [
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ],
        },
        mark: { type: 'line', color: palette.rule, strokeWidth: 1.5, strokeDash: [4, 4] },
        encoding: { x, y },
      },
      {
        data: { values: rows },
        mark: { type: 'line' },
        encoding: {
          x,
          y,
          order: { field: 'at', type: 'quantitative' },
          detail: { field: 'name', type: 'nominal' },
          color: { field: 'ink', type: 'nominal', scale: null },
          strokeWidth: { field: 'width', type: 'quantitative', scale: null },
          tooltip: [
            { field: 'name', title: ' ' },
            { field: 'x', format: '.0%', title: words.x },
            { field: 'y', format: '.0%', title: words.y },
          ],
        },
      },
      {
        data: { values: labels },
        mark: { type: 'rule', strokeWidth: 3 },
        encoding: {
          ...label,
          x: { ...x, field: 'from' },
          x2: { field: 'until' },
          color: { field: 'ink', type: 'nominal', scale: null },
        },
      },
      {
        data: { values: labels },
        mark: {
          type: 'text',
          align: 'left',
          baseline: 'middle',
          fontWeight: { expr: 'datum.strong ? 650 : 400' },
        },
        encoding: { ...label, text: { field: 'name' } },
      },
      {
        data: { values: [{ x: 0.2, y: 0.2, text: words.chance }] },
        mark: { type: 'text', align: 'left', baseline: 'top', dx: 6, dy: 6, color: palette.soft },
        encoding: { x, y, text: { field: 'text' } },
      },
    ],
  });
}
