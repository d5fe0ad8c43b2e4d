import { frame, mark, type Pens, type Spec } from '../chart.ts';

/** Contributions of the rows whose value lies in one part of a column. */
export interface ContributionBin {
  label: string;
  /** Middle of a range, for a number. */
  at: number | null;
  mean: number;
  low10: number;
  high90: number;
}

export interface ContributionWords {
  description: string;
}

const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.round(q * (sorted.length - 1))] ?? 0;

const axis = { title: null, tickCount: 5, format: '+.0f' };

/** What a column adds against its value: rows as dots, the mean of each bin as a line with the middle 80 % behind. */
export function contributionLine(
  points: readonly { value: number; contribution: number }[],
  bins: readonly ContributionBin[],
  words: ContributionWords,
  pens: Pens,
): Spec {
  const { palette } = pens;
  const values = points.map(({ value }) => value).sort((a, b) => a - b);
  const [low, high] = [quantile(values, 0.01), quantile(values, 0.99)];
  const domain = high > low ? [low, high] : [low - 1, low + 1];
  const x = {
    field: 'value',
    type: 'quantitative',
    scale: { domain, nice: false, clamp: true },
    axis: { title: null, tickCount: 5 },
  };
  const y = { field: 'contribution', type: 'quantitative', axis };
  const placed = bins
    .filter(({ at }) => at !== null)
    .map(({ at, mean, low10, high90 }) => ({ value: at, contribution: mean, low10, high90 }));
  return frame(pens, {
    description: words.description,
    height: 210,
    layer: [
      mark(pens, 'y', 0),
      {
        data: { values: placed },
        mark: { type: 'area', interpolate: 'step', color: palette.accent, opacity: 0.14, clip: true },
        encoding: { x, y: { ...y, field: 'low10' }, y2: { field: 'high90' } },
      },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: 16, color: palette.soft, opacity: 0.45, clip: true },
        encoding: { x, y },
      },
      {
        data: { values: placed },
        mark: { type: 'line', interpolate: 'step', color: palette.accent, strokeWidth: 2, clip: true },
        encoding: { x, y },
      },
    ],
  });
}

/** What a column adds in each of its categories or bins, with the middle 80 %. */
export function contributionBins(
  bins: readonly ContributionBin[],
  words: ContributionWords,
  pens: Pens,
): Spec {
  const { palette } = pens;
  const y = {
    field: 'label',
    type: 'nominal',
    sort: bins.map(({ label }) => label),
    axis: { title: null, grid: false, labelLimit: 130 },
    scale: { padding: 0.4 },
  };
  const x = { field: 'mean', type: 'quantitative', axis };
  return frame(pens, {
    description: words.description,
    height: Math.max(110, 26 * bins.length + 40),
    layer: [
      mark(pens, 'x', 0),
      {
        data: { values: bins },
        mark: { type: 'rule', color: palette.accent, opacity: 0.35, strokeWidth: 4 },
        encoding: { y, x: { ...x, field: 'low10' }, x2: { field: 'high90' } },
      },
      {
        data: { values: bins },
        mark: { type: 'point', filled: true, size: 70, color: palette.accent, opacity: 1 },
        encoding: { y, x },
      },
    ],
  });
}
