import { frame, type Pens, type Spec } from '../chart.ts';

export interface CalibrationPoint {
  predicted: number;
  observed: number;
  lower: number;
  upper: number;
  n: number;
}

export interface CalibrationWords {
  description: string;
  predicted: string;
  observed: string;
  perfect: string;
}

/** What was predicted against what happened, with the interval of each group; on the line is right. */
export function calibration(points: readonly CalibrationPoint[], words: CalibrationWords, pens: Pens): Spec {
  const { palette } = pens;
  const top = Math.min(
    1,
    Math.max(0.05, ...points.map((point) => Math.max(point.upper, point.predicted))) * 1.05,
  );
  const n = points.reduce((sum, point) => sum + point.n, 0);
  const centre = points.reduce((sum, point) => sum + (point.n * point.predicted) / n, 0);
  /** The name of the line stands at the end with fewer rows. */
  const low = centre > top / 2;
  const share = (title: string) => ({
    type: 'quantitative',
    scale: { domain: [0, top], nice: false },
    axis: { title, format: '.0%', tickCount: 5 },
  });
  const x = { field: 'predicted', ...share(words.predicted) };
  const clear = { test: 'datum.lower > datum.predicted || datum.upper < datum.predicted' };
  return frame(pens, {
    description: words.description,
    height: 300,
    right: 20,
    layer: [
      {
        data: { values: [{ v: 0 }, { v: top }] },
        mark: { type: 'line', color: palette.rule, strokeWidth: 1.5 },
        encoding: { x: { ...x, field: 'v' }, y: { field: 'v', ...share(words.observed) } },
      },
      {
        data: { values: [{ v: top * (low ? 0.1 : 0.86), text: words.perfect }] },
        mark: {
          type: 'text',
          align: low ? 'left' : 'right',
          baseline: low ? 'top' : 'bottom',
          dx: low ? 8 : -8,
          color: palette.soft,
        },
        encoding: {
          x: { ...x, field: 'v' },
          y: { field: 'v', type: 'quantitative' },
          text: { field: 'text' },
        },
      },
      {
        data: { values: points },
        mark: { type: 'rule', strokeWidth: 2.5, color: palette.accent },
        encoding: { x, y: { field: 'lower', type: 'quantitative' }, y2: { field: 'upper' } },
      },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: 70, stroke: palette.accent, strokeWidth: 2, opacity: 1 },
        encoding: {
          x,
          y: { field: 'observed', type: 'quantitative' },
          fill: { condition: { ...clear, value: palette.warn }, value: palette.accent },
          stroke: { condition: { ...clear, value: palette.warn }, value: palette.accent },
          tooltip: [
            { field: 'predicted', format: '.1%', title: words.predicted },
            { field: 'observed', format: '.1%', title: words.observed },
            { field: 'lower', format: '.1%', title: '2,5 %' },
            { field: 'upper', format: '.1%', title: '97,5 %' },
            { field: 'n', format: ',', title: 'n' },
          ],
        },
      },
    ],
  });
}
