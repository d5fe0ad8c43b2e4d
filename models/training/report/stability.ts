import type { ModelCard } from '#core/contract/models/card.ts';
import { rankCorrelation } from '../../metrics/rank.ts';

export interface Retrained {
  seed: number;
  /** Of the rows held out in turn: rows out of time are not looked at again. */
  auc: number | null;
  /** Of the rows shown, by the model trained on all training rows. */
  probabilities: Float64Array;
}

/** How much a person's probability and place move when the same training is done under another seed. */
export function stabilityOf(runs: readonly Retrained[]): NonNullable<ModelCard['stability']> {
  let moves = 0;
  let correlations = 0;
  let pairs = 0;
  runs.forEach((one, i) => {
    for (const other of runs.slice(i + 1)) {
      const distances = one.probabilities.map((p, row) => Math.abs(p - other.probabilities[row]!));
      moves += distances.reduce((sum, value) => sum + value, 0) / distances.length;
      correlations += rankCorrelation(one.probabilities, other.probabilities) ?? 1;
      pairs++;
    }
  });
  return {
    seeds: runs.map(({ seed }) => seed),
    auc: runs.flatMap(({ auc }) => auc ?? []),
    meanMove: pairs ? moves / pairs : 0,
    rankCorrelation: pairs ? correlations / pairs : 1,
  };
}
