import type { ModelCard, Performance } from '#core/contract/models/card.ts';

export const resultOf = (results: readonly Performance[], population: string): Performance | undefined =>
  results.find((result) => result.population === population);

/** The result on all rows shown. */
export const overall = (results: readonly Performance[]): Performance | undefined =>
  resultOf(results, 'all') ?? results[0];

/** Results of one kind of slice, such as `bucket:1-29`, with the name of each. */
export const slicesOf = (
  results: readonly Performance[],
  kind: string,
): { name: string; result: Performance }[] =>
  results
    .filter(({ population }) => population.startsWith(`${kind}:`))
    .map((result) => ({ name: result.population.slice(kind.length + 1), result }));

export interface Baseline {
  title: ModelCard['baselines'][number]['title'];
  result: Performance;
}

/** The best of the simple rivals on all test rows: what the model has to beat. */
export function bestBaseline(card: ModelCard): Baseline | undefined {
  return card.baselines
    .flatMap(({ title, results }) => {
      const result = overall(results);
      return result?.auc.estimate === null || !result ? [] : [{ title, result }];
    })
    .sort((a, b) => (b.result.auc.estimate ?? 0) - (a.result.auc.estimate ?? 0))[0];
}

/** Whether the intervals of model and rival are apart: the careful reading, since both come from the same rows. */
export function isClear(model: Performance | undefined, rival: Performance | undefined): boolean {
  const [lower, upper] = [model?.auc.lower, rival?.auc.upper];
  return typeof lower === 'number' && typeof upper === 'number' && lower > upper;
}

/** Groups whose interval holds what was predicted. */
export const groupsInside = (points: ModelCard['calibration']): number =>
  points.filter((point) => point.lower <= point.predicted && point.predicted <= point.upper).length;

export type CalibrationReading = 'good' | 'over' | 'under' | 'extreme' | 'timid' | 'uneven' | 'unknown';

/**
 * What the calibration says in a word: right in four groups of five, unless its slope is plainly off; else too high or
 * too low on average; else too far out or too near the middle by its slope.
 */
export function readCalibration(card: Pick<ModelCard, 'calibration' | 'results'>): CalibrationReading {
  const { calibration: points } = card;
  const n = points.reduce((sum, point) => sum + point.n, 0);
  if (n === 0) return 'unknown';
  const slope = overall(card.results)?.calibrationSlope ?? 1;
  if (groupsInside(points) >= 0.8 * points.length && slope > 0.75 && slope < 1.33) return 'good';
  const mean = (key: 'predicted' | 'observed') =>
    points.reduce((sum, point) => sum + (point.n * point[key]) / n, 0);
  const gap = mean('predicted') - mean('observed');
  if (Math.abs(gap) > 0.01) return gap > 0 ? 'over' : 'under';
  if (slope < 0.9) return 'extreme';
  return slope > 1.1 ? 'timid' : 'uneven';
}

const dayMs = 86_400_000;

/** Whole days from one date or instant to another. */
export const daysBetween = (from: string, to: string): number =>
  Math.round(
    (Date.parse(`${to.slice(0, 10)}T00:00:00Z`) - Date.parse(`${from.slice(0, 10)}T00:00:00Z`)) / dayMs,
  );
