import { frame, type Pens, type Spec } from '../chart.ts';

export interface EffectPoint {
  predicted: number;
  observed: number;
  lower: number;
  upper: number;
  n: number;
}

export interface EffectWords {
  description: string;
  predicted: string;
  observed: string;
}

/** The effect predicted for groups of people against the one they had, in points, with its interval; zero is drawn. */
export function effectPoints(points: readonly EffectPoint[], words: EffectWords, pens: Pens): Spec {
  const { palette } = pens;
  const hundred = points.map((point) => ({
    predicted: 100 * point.predicted,
    observed: 100 * point.observed,
    lower: 100 * point.lower,
    upper: 100 * point.upper,
    n: point.n,
  }));
  const spread = hundred.map(({ predicted }) => predicted);
  const [low, high] = [Math.min(0, ...spread), Math.max(0, ...spread)];
  const room = Math.max((high - low) * 0.1, 0.2);
  const ends = [low - room, high + room];
  const x = {
    field: 'predicted',
    type: 'quantitative',
    scale: { domain: ends, nice: false },
    axis: { title: words.predicted, format: '.1f', tickCount: 4 },
  };
  const y = {
    field: 'observed',
    type: 'quantitative',
    scale: { zero: true, nice: true },
    axis: { title: words.observed, format: '.0f', tickCount: 5 },
  };
  return frame(pens, {
    description: words.description,
    height: 220,
    right: 16,
    layer: [
      {
        data: { values: [{ v: 0 }] },
        mark: { type: 'rule', color: palette.rule, strokeWidth: 1.5 },
        encoding: { y: { ...y, field: 'v' } },
      },
      {
        data: { values: ends.map((v) => ({ v })) },
        mark: { type: 'line', color: palette.rule, strokeWidth: 1, strokeDash: [4, 3] },
        encoding: { x: { ...x, field: 'v' }, y: { ...y, field: 'v' } },
      },
      {
        data: { values: hundred },
        mark: { type: 'rule', strokeWidth: 2.5, color: palette.accent },
        encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' } },
      },
      {
        data: { values: hundred },
        mark: { type: 'point', filled: true, size: 60, color: palette.accent, opacity: 1 },
        encoding: {
          x,
          y,
          tooltip: [
            { field: 'predicted', format: '.2f', title: words.predicted },
            { field: 'observed', format: '.2f', title: words.observed },
            { field: 'n', format: ',', title: 'n' },
          ],
        },
      },
    ],
  });
}
