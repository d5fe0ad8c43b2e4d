import { frame, mark, type Pens, type Spec } from '../chart.ts';

export interface GainPoint {
  /** Share of people given the arm, largest predicted effect first. */
  share: number;
  gain: number;
  lower: number;
  upper: number;
}

export interface GainCurveWords {
  description: string;
  share: string;
  chance: string;
}

/** What giving an arm to the most promising people gains, by how many they are, with its band; the straight line is choosing by chance. */
export function gainCurve(
  points: readonly GainPoint[],
  words: GainCurveWords,
  pens: Pens,
  { domain, colour }: { domain: readonly [number, number]; colour: number },
): Spec {
  const { palette } = pens;
  const ink = palette.arms[colour % palette.arms.length];
  const last = points.at(-1)?.gain ?? 0;
  const x = {
    field: 'share',
    type: 'quantitative',
    scale: { domain: [0, 1], nice: false },
    axis: { title: words.share, format: '.0%', tickCount: 5 },
  };
  const y = {
    field: 'gain',
    type: 'quantitative',
    scale: { domain, nice: false },
    axis: {
      title: null,
      tickCount: 4,
      grid: true,
      labelExpr: "datum.value === 0 ? '0' : format(datum.value, '+~f') + '\u00a0pp'",
    },
  };
  return frame(pens, {
    description: words.description,
    height: 200,
    right: 16,
    layer: [
      mark(pens, 'y', 0),
      {
        data: { values: points },
        mark: { type: 'area', color: ink, opacity: 0.17, line: false },
        encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' } },
      },
      {
        data: {
          values: [
            { share: 0, gain: 0 },
            { share: 1, gain: last },
          ],
        },
        mark: { type: 'line', color: palette.rule, strokeWidth: 1.5, strokeDash: [4, 4] },
        encoding: { x, y },
      },
      {
        data: { values: [{ share: 0.98, gain: domain[0], text: words.chance }] },
        mark: { type: 'text', align: 'right', baseline: 'bottom', dy: -4, color: palette.soft },
        encoding: { x, y, text: { field: 'text' } },
      },
      {
        data: { values: points },
        mark: { type: 'line', color: ink, strokeWidth: 2.25 },
        encoding: { x, y },
      },
    ],
  });
}
