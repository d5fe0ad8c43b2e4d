import { frame, mark, type Pens, type Spec } from '../chart.ts';

export interface PowerPoint {
  /** Percentage points of a share, else the metric's unit. */
  effect: number;
  power: number;
}

export interface PowerWords {
  description: string;
  effect: string;
  power: string;
  /** The smallest effect, as it is written beside its point. */
  smallest: string;
}

/** The chance to see an effect, by its size; the planned chance and the smallest effect that reaches it are named. */
export function power(
  curve: readonly PowerPoint[],
  plan: { power: number; smallestEffect: number | null },
  words: PowerWords,
  pens: Pens,
): Spec {
  const { palette } = pens;
  const widest = Math.max(0, ...curve.map((point) => point.effect));
  const x = {
    field: 'effect',
    type: 'quantitative',
    scale: { domain: [0, widest || 1], nice: false },
    axis: { title: words.effect, tickCount: 6, format: '~r' },
  };
  const y = {
    field: 'power',
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: { title: words.power, format: '.0%', tickCount: 5 },
  };
  const smallest = plan.smallestEffect;
  const late = smallest !== null && smallest > widest * 0.6;
  return frame(pens, {
    description: words.description,
    height: 250,
    right: 16,
    layer: [
      {
        data: { values: curve },
        mark: { type: 'line', color: palette.accent, strokeWidth: 2.5, interpolate: 'monotone' },
        encoding: { x, y },
      },
      mark(pens, 'y', plan.power, { dashed: true }),
      ...(smallest === null || smallest > widest
        ? []
        : [
            {
              data: { values: [{ effect: smallest, power: plan.power, text: words.smallest }] },
              encoding: { x, y },
              layer: [
                {
                  mark: { type: 'rule', color: palette.rule, strokeDash: [4, 4] },
                  encoding: { y2: { datum: 0 } },
                },
                { mark: { type: 'point', filled: true, size: 80, color: palette.accent, opacity: 1 } },
                {
                  mark: {
                    type: 'text',
                    align: late ? 'right' : 'left',
                    baseline: 'top',
                    dx: late ? -10 : 10,
                    dy: late ? -20 : 8,
                    fontWeight: 600,
                  },
                  encoding: { text: { field: 'text' } },
                },
              ],
            },
          ]),
    ],
  });
}
