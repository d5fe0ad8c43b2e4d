import type { ModelCard, Performance } from '#core/contract/models/card.ts';

export const resultOf = (results: readonly Performance[], population: string): Performance | undefined =>
  results.find((result) => result.population === population);

export interface Baseline {
  title: ModelCard['baselines'][number]['title'];
  result: Performance;
}

/** The best of the simple rivals on all test rows: what the model has to beat. */
export function bestBaseline(card: ModelCard): Baseline | undefined {
  return card.baselines
    .flatMap(({ title, results }) => {
      const result = resultOf(results, 'all') ?? results[0];
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
