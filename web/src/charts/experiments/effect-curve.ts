import { frame, mark, type Pens, type Spec } from '../chart.ts';

export interface CurvePoint {
  day: number;
  estimate: number;
  lower: number;
  upper: number;
  text: string;
}

export interface CurveWords {
  description: string;
  day: string;
  /** Written after each figure of the axis: pp. */
  unit: string;
}

/** An effect by days since people entered, with its interval as a band; the day that is judged is marked. */
export function effectCurve(
  points: readonly CurvePoint[],
  words: CurveWords,
  pens: Pens,
  { domain, judgedDay, colour }: { domain: readonly [number, number]; judgedDay: number; colour: number },
): Spec {
  const { palette } = pens;
  const ink = palette.arms[colour % palette.arms.length];
  const days = points.map(({ day }) => day);
  const x = {
    field: 'day',
    type: 'quantitative',
    scale: { domain: [0, Math.max(judgedDay, ...days) * 1.04], nice: false },
    axis: { title: words.day, values: days, format: 'd' },
  };
  const y = {
    field: 'estimate',
    type: 'quantitative',
    scale: { domain, nice: false },
    axis: {
      title: null,
      tickCount: 4,
      grid: true,
      labelExpr: `datum.value === 0 ? '0' : format(datum.value, '+~f') + ${JSON.stringify(words.unit ? `\u00a0${words.unit}` : '')}`,
    },
  };
  return frame(pens, {
    description: words.description,
    height: 190,
    layer: [
      mark(pens, 'y', 0),
      mark(pens, 'x', judgedDay, { dashed: true }),
      {
        data: { values: points },
        mark: { type: 'area', color: ink, opacity: 0.17, line: false },
        encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' } },
      },
      {
        data: { values: points },
        mark: { type: 'line', color: ink, strokeWidth: 2.25 },
        encoding: { x, y },
      },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: 55, color: ink, opacity: 1 },
        encoding: {
          x,
          y,
          tooltip: [
            { field: 'day', title: words.day },
            { field: 'text', title: ' ' },
          ],
        },
      },
    ],
  });
}
