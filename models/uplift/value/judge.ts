import type { Performance } from '#core/contract/models/card.ts';
import { evaluate } from '../../evaluate.ts';
import type { Learner } from '../../learner.ts';
import { pickNumbers, pickRows } from '../../matrix.ts';
import { type Logged, rowsWhere } from '../data/logged.ts';
import { restoreEffect, type SavedArm, type SavedEffect } from '../fit/learners.ts';
import type { Judged } from '../fit/nuisance.ts';
import type { ClusteredMean } from './clustered.ts';
import { armScores, comparable } from './effects.ts';
import { alwaysArm, bestArm, type PolicyValue, valuePolicy } from './policy-value.ts';
import { type EffectPoint, effectCalibration, rankByUplift, type UpliftRanking } from './rank.ts';

/** How well an arm's predicted effects rank and match real ones; `slope` is that of `shrinkageOf`. */
export interface Ranking extends UpliftRanking {
  arm: string;
  slope: ClusteredMean;
  points: EffectPoint[];
}

/** The effect of each arm on rows: of the model of all, or, where a fold is given, of the one that did not see it. */
export function predictEffects(
  learner: Learner,
  saved: readonly SavedArm[],
  { matrix }: Logged,
  fold: Int32Array | null,
): Float64Array[] {
  const zero = new Float64Array(matrix.rows);
  const of = (effect: SavedEffect): Float64Array => restoreEffect(learner, effect)(matrix) ?? zero;
  const byArm = saved.map(({ effect, withoutFold }) => {
    if (!fold) return of(effect);
    const every = withoutFold.map(of);
    return Float64Array.from(fold, (k, row) => every[k]![row]!);
  });
  return [zero, ...byArm];
}

/** The chance of the outcome under the arm each row got. */
export function chanceOfTaken({ taken }: Logged, { outcome }: Judged): Float64Array {
  return Float64Array.from(taken, (arm, row) => outcome[arm]![row]!);
}

/** How chances of the outcome did, all rows first and then by arm; days of one customer are taken together. */
export function performances(logged: Logged, chance: Float64Array): Performance[] {
  const { target, groups } = logged.matrix;
  const of = (population: string, rows: Int32Array) =>
    evaluate(population, pickNumbers(target, rows), pickNumbers(chance, rows), {
      groups: pickRows(groups, rows),
    });
  const every = rowsWhere(logged.matrix.rows, () => true);
  const arms = logged.arms.map((arm, a) => ({
    arm,
    rows: every.filter((row) => logged.taken[row] === a),
  }));
  return [
    of('all', every),
    ...arms.filter(({ rows }) => rows.length > 0).map(({ arm, rows }) => of(`arm:${arm}`, rows)),
  ];
}

/** What was done, nobody, each arm wherever it may be, and the arm with the largest predicted effect. */
export function policiesOf(
  logged: Logged,
  judged: Judged,
  allowed: readonly Uint8Array[],
  predicted: readonly Float64Array[],
): PolicyValue[] {
  const value = (id: string, choice: Int32Array | null) => valuePolicy(id, logged, judged, allowed, choice);
  return [
    value('as_done', null),
    value('nobody', new Int32Array(logged.matrix.rows)),
    ...logged.arms.slice(1).map((arm, i) => value(`always:${arm}`, alwaysArm(allowed, i + 1))),
    value('best', bestArm(allowed, predicted)),
  ];
}

/** Rankings of every arm with rows to compare. */
export function rankingsOf(
  logged: Logged,
  judged: Judged,
  allowed: readonly Uint8Array[],
  predicted: readonly Float64Array[],
  slopes: readonly ClusteredMean[],
): Ranking[] {
  const none = armScores(logged, judged, 0);
  return logged.arms.slice(1).flatMap((arm, i) => {
    const rows = comparable(allowed, i + 1);
    if (rows.length === 0) return [];
    const scores = armScores(logged, judged, i + 1);
    const effects = Float64Array.from(rows, (row) => scores[row]! - none[row]!);
    const own = pickNumbers(predicted[i + 1]!, rows);
    const clusters = Int32Array.from(rows, (row) => logged.matrix.groups[row]!);
    return [
      {
        arm,
        slope: slopes[i]!,
        ...rankByUplift(own, effects, clusters),
        points: effectCalibration(own, effects, clusters),
      },
    ];
  });
}
