import type { Learner } from '../learner.ts';
import type { Matrix } from '../matrix.ts';
import { takeRows } from '../matrix.ts';
import { rowsWhere } from './data/logged.ts';
import { restoreEffect, type SavedEffect } from './fit/learners.ts';
import { restoreRegression } from './fit/pseudo.ts';
import type { SavedUplift } from './saved.ts';

export interface Predicted {
  /** Chance of the outcome when nothing is done; NaN where unknown. */
  none: Float64Array;
  /** For each arm but doing nothing: the effect, and the same without each fold; NaN where it was not learned. */
  arms: { arm: string; effect: Float64Array; withoutFold: Float64Array[] }[];
}

/** The stratum whose models speak of a place: where decisions of it were learned from, else the one that is not recorded. */
export function stratumOf(saved: SavedUplift, place: string): number {
  const own = saved.strata.findIndex(({ places }) => places.includes(place));
  if (own >= 0) return own;
  const elsewhere = saved.strata.findIndex(({ id }) => id === 'elsewhere');
  return Math.max(elsewhere, 0);
}

/**
 * Effects of every arm on every row, each row by the models of its stratum.
 *
 * @param stratum number of the stratum of each row
 */
export function predictUplift(
  learner: Learner,
  saved: SavedUplift,
  arms: readonly string[],
  matrix: Matrix,
  stratum: Int32Array,
): Predicted {
  const unknown = () => new Float64Array(matrix.rows).fill(Number.NaN);
  const folds = Math.max(
    ...saved.strata.flatMap((one) => one.arms.map(({ withoutFold }) => withoutFold.length)),
  );
  const predicted: Predicted = {
    none: unknown(),
    arms: arms.map((arm) => ({
      arm,
      effect: unknown(),
      withoutFold: Array.from({ length: folds }, unknown),
    })),
  };
  saved.strata.forEach((one, number) => {
    const rows = rowsWhere(matrix.rows, (row) => stratum[row] === number);
    if (rows.length === 0) return;
    const part = takeRows(matrix, rows);
    const put = (into: Float64Array, values: Float64Array | null) => {
      rows.forEach((row, i) => {
        into[row] = values?.[i] ?? Number.NaN;
      });
    };
    const of = (effect: SavedEffect) => restoreEffect(learner, effect)(part);
    put(predicted.none, restoreRegression(learner, one.untreated).predict(part));
    for (const own of one.arms) {
      const into = predicted.arms.find(({ arm }) => arm === own.arm);
      if (!into) continue;
      put(into.effect, of(own.effect as SavedEffect));
      own.withoutFold.forEach((effect, k) => {
        put(into.withoutFold[k]!, of(effect as SavedEffect));
      });
    }
  });
  return predicted;
}
