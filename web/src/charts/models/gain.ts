import { frame, type Pens, type Spec } from '../chart.ts';

export interface GainPoint {
  share: number;
  captured: number;
}

export interface GainWords {
  description: string;
  share: string;
  captured: string;
  chance: string;
  /** What is written beside the point of the first fifth. */
  fifth: string;
}

/** The point of the first fifth, the one that is put into words. */
export const firstFifth = (points: readonly GainPoint[]): GainPoint | undefined =>
  points.find((point) => point.share >= 0.2 - 1e-9);

/** How many of those who cure are among the first so many by score; the straight line is choosing by chance. */
export function gain(points: readonly GainPoint[], words: GainWords, pens: Pens): Spec {
  const { palette } = pens;
  const line = [{ share: 0, captured: 0 }, ...points.filter((point) => point.share > 0)];
  const at = firstFifth(points);
  const axis = (field: string, title: string) => ({
    field,
    type: 'quantitative',
    scale: { domain: [0, 1] },
    axis: { title, format: '.0%', tickCount: 5 },
  });
  const x = axis('share', words.share);
  const y = axis('captured', words.captured);
  return frame(pens, {
    description: words.description,
    height: 300,
    right: 20,
    layer: [
      {
        data: {
          values: [
            { share: 0, captured: 0 },
            { share: 1, captured: 1 },
          ],
        },
        mark: { type: 'line', color: palette.rule, strokeWidth: 1.5 },
        encoding: { x, y },
      },
      {
        data: { values: [{ share: 0.62, captured: 0.62, text: words.chance }] },
        mark: { type: 'text', align: 'left', baseline: 'top', dx: 8, dy: 4, color: palette.soft },
        encoding: { x, y, text: { field: 'text' } },
      },
      {
        data: { values: line },
        mark: { type: 'line', color: palette.accent, strokeWidth: 2.5 },
        encoding: { x, y },
      },
      ...(at
        ? [
            {
              data: { values: [{ ...at, text: words.fifth }] },
              layer: [
                { mark: { type: 'point', filled: true, size: 70, color: palette.accent, opacity: 1 } },
                {
                  mark: { type: 'text', align: 'left', baseline: 'top', dx: 10, dy: 2, fontWeight: 600 },
                  encoding: { text: { field: 'text' } },
                },
              ],
              encoding: { x, y },
            },
          ]
        : []),
    ],
  });
}
