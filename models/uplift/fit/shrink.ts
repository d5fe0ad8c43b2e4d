import { normalQuantile } from '#core/stats/distributions/normal.ts';
import type { Learner } from '../../learner.ts';
import { pickNumbers } from '../../matrix.ts';
import type { Logged } from '../data/logged.ts';
import { type ClusteredMean, clusteredMean, withInterval } from '../value/clustered.ts';
import { armScores } from '../value/effects.ts';
import { type PlainEffect, restoreEffect, type SavedArm, type SavedEffect } from './learners.ts';
import type { Judged } from './nuisance.ts';

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export interface Shrinkage {
  /** Slope of the effects on the predictions, with its interval; null where all predictions are equal. */
  slope: ClusteredMean;
  /** What is kept of the differences between people: the slope within [0, 1], or 0 while it may be none. */
  kept: number;
}

/**
 * How much of what a model says differs between people does: the best linear predictor of the effect by the prediction
 * (Chernozhukov, Demirer, Duflo and Fernández-Val 2018), the slope of row-wise effect scores on predictions of models that
 * did not see the person. Unless it is above zero at the one-sided 95 % level, nobody is told apart: everybody gets the
 * mean effect. The interval is clustered by customer.
 *
 * @param predicted effects predicted for rows by models that saw none of their customers
 * @param effects unbiased scores of the same rows' effects, differences of `armScores`
 */
export function shrinkageOf(predicted: Float64Array, effects: Float64Array, clusters: Int32Array): Shrinkage {
  const none: Shrinkage = {
    slope: { ...clusteredMean(new Float64Array(0), clusters), reason: 'flat' },
    kept: 0,
  };
  if (predicted.length === 0) return none;
  const [middle, level] = [mean(predicted), mean(effects)];
  const away = predicted.map((value) => value - middle);
  const variance = mean(away.map((value) => value * value));
  if (variance < 1e-18) return none;
  const estimate = mean(away.map((value, i) => value * (effects[i]! - level))) / variance;
  const influence = away.map((value, i) => (value * (effects[i]! - level - estimate * value)) / variance);
  const slope = withInterval(estimate, influence, clusters);
  const sure = slope.standardError !== null && estimate - normalQuantile(0.95) * slope.standardError > 0;
  return { slope, kept: sure ? Math.min(1, estimate) : 0 };
}

interface Ground {
  logged: Logged;
  judged: Judged;
  fold: Int32Array;
  /** Rows learned from in which the arm and doing nothing were both possible. */
  rows: Int32Array;
  arm: number;
}

/**
 * The effect of an arm with its differences between people shrunk by `shrinkageOf`, around the mean effect of the rows
 * learned from; the same for each fold left out, around the mean without it.
 */
export function shrinkArm(
  learner: Learner,
  { logged, judged, fold, rows, arm }: Ground,
  effect: PlainEffect,
  withoutFold: readonly PlainEffect[],
): { saved: Omit<SavedArm, 'arm'>; slope: ClusteredMean } {
  const clusters = Int32Array.from(rows, (row) => logged.matrix.groups[row]!);
  const untreated = armScores(logged, judged, 0);
  const scores = pickNumbers(
    armScores(logged, judged, arm).map((value, row) => value - untreated[row]!),
    rows,
  );
  const predict = (one: PlainEffect): Float64Array | null => {
    const all = restoreEffect(learner, one)(logged.matrix);
    return all && pickNumbers(all, rows);
  };
  const every = predict(effect);
  const each = withoutFold.map(predict);
  if (!every || each.includes(null))
    return {
      saved: { effect: { kind: 'none' }, withoutFold: withoutFold.map(() => ({ kind: 'none' })) },
      slope: { ...clusteredMean(new Float64Array(0), clusters), reason: 'few_attempts' },
    };
  const unseen = Float64Array.from(rows, (row, i) => each[fold[row]!]![i]!);
  const { slope, kept } = shrinkageOf(unseen, scores, clusters);
  const shrink = (one: PlainEffect, values: Float64Array, keep: (i: number) => boolean): SavedEffect => {
    let n = 0;
    let centre = 0;
    let level = 0;
    for (let i = 0; i < rows.length; i++) {
      if (!keep(i)) continue;
      n++;
      centre += values[i]!;
      level += scores[i]!;
    }
    return { kind: 'shrunk', effect: one, centre: centre / n, mean: level / n, slope: kept };
  };
  return {
    saved: {
      effect: shrink(effect, every, () => true),
      withoutFold: withoutFold.map((one, k) => shrink(one, each[k]!, (i) => fold[rows[i]!] !== k)),
    },
    slope,
  };
}
