import type { Learner } from '../../learner.ts';
import { type Matrix, pickNumbers, takeRows } from '../../matrix.ts';
import type { Logged } from '../data/logged.ts';
import { armScores, comparable } from '../value/effects.ts';
import type { Judged, Nuisances } from './nuisance.ts';
import {
  type Fitting,
  fitChance,
  fitNumber,
  leastRows,
  type Regression,
  restoreRegression,
  type SavedRegression,
} from './pseudo.ts';

export const methods = ['dr', 't', 'x'] as const;
export type Method = (typeof methods)[number];

/** A fitted effect of one arm against doing nothing, by person. */
export type PlainEffect =
  | { kind: 'none' }
  | { kind: 'difference'; treated: SavedRegression; untreated: SavedRegression }
  | { kind: 'blend'; treated: SavedRegression; untreated: SavedRegression; chosen: SavedRegression }
  | { kind: 'direct'; effect: SavedRegression };
/** The same, or with its differences between people shrunk around the mean effect. */
export type SavedEffect =
  | PlainEffect
  | { kind: 'shrunk'; effect: PlainEffect; centre: number; mean: number; slope: number };

/** The effect of one arm as it is kept: fitted on all, and without each fold in turn. */
export interface SavedArm {
  arm: string;
  effect: SavedEffect;
  withoutFold: SavedEffect[];
}

/** The effect on each row's chance of the outcome; null where there was too little to learn it from. */
export type EffectOf = (matrix: Matrix) => Float64Array | null;

const minus = (a: Float64Array, b: Float64Array): Float64Array => a.map((value, i) => value - b[i]!);

export function restoreEffect(learner: Learner, saved: SavedEffect): EffectOf {
  if (saved.kind === 'none') return () => null;
  if (saved.kind === 'shrunk') {
    const { centre, mean, slope } = saved;
    const effect = restoreEffect(learner, saved.effect);
    return (matrix) => effect(matrix)?.map((value) => mean + slope * (value - centre)) ?? null;
  }
  if (saved.kind === 'direct') {
    const effect = restoreRegression(learner, saved.effect);
    return (matrix) => effect.predict(matrix);
  }
  const treated = restoreRegression(learner, saved.treated);
  const untreated = restoreRegression(learner, saved.untreated);
  if (saved.kind === 'difference')
    return (matrix) => minus(treated.predict(matrix), untreated.predict(matrix));
  const chosen = restoreRegression(learner, saved.chosen);
  return (matrix) => {
    const [one, zero, share] = [treated, untreated, chosen].map((model) => model.predict(matrix));
    return share!.map((g, i) => g * zero![i]! + (1 - g) * one![i]!);
  };
}

interface EffectTask {
  fitting: Fitting;
  logged: Logged;
  /** Of rows no model of whose own fold is used: cross-fitted. */
  judged: Judged;
  allowed: readonly Uint8Array[];
  /** Rows learned from. */
  keep: (row: number) => boolean;
  /** Outcome models fitted on the rows learned from; what the T-learner is. */
  nuisances: Nuisances;
}

/**
 * The effect of an arm on a person's chance of the outcome.
 *
 * T-learner: difference of the outcome models of the arm and of doing nothing. X-learner (Künzel, Sekhon, Bickel and Yu
 * 2019): each side's outcomes against the other side's model, regressed on the columns and blended by the chance of the
 * arm. DR-learner (Kennedy 2023): the difference of doubly robust scores regressed on the columns, over rows with overlap;
 * the nuisances come from other customers.
 */
export async function fitEffect(method: Method, arm: number, task: EffectTask): Promise<PlainEffect> {
  const { logged, judged, allowed, nuisances } = task;
  const rows = comparable(allowed, arm).filter((row) => task.keep(row));
  const of = (wanted: number) => rows.filter((row) => logged.taken[row] === wanted);
  const [treated, untreated] = [of(arm), of(0)];
  if (treated.length < leastRows || untreated.length < leastRows) return { kind: 'none' };
  if (method === 't')
    return {
      kind: 'difference',
      treated: nuisances.outcome[arm]!.save(),
      untreated: nuisances.outcome[0]!.save(),
    };
  if (method === 'dr') {
    const scores = minus(armScores(logged, judged, arm), armScores(logged, judged, 0));
    const effect = await fitNumber(task.fitting, labelled(logged, rows, pickNumbers(scores, rows)));
    return { kind: 'direct', effect: effect.save() };
  }
  return fitBlend(task, arm, treated, untreated);
}

async function fitBlend(
  { fitting, logged, judged }: EffectTask,
  arm: number,
  treated: Int32Array,
  untreated: Int32Array,
): Promise<PlainEffect> {
  const y = logged.matrix.target;
  const gained = Float64Array.from(treated, (row) => y[row]! - judged.outcome[0]![row]!);
  const forgone = Float64Array.from(untreated, (row) => judged.outcome[arm]![row]! - y[row]!);
  const inTreated: Regression = await fitNumber(fitting, labelled(logged, treated, gained));
  const inUntreated: Regression = await fitNumber(fitting, labelled(logged, untreated, forgone));
  const pair = Int32Array.from([...treated, ...untreated]).sort();
  const chosen = await fitChance(
    fitting,
    labelled(
      logged,
      pair,
      Float64Array.from(pair, (row) => (logged.taken[row] === arm ? 1 : 0)),
    ),
  );
  return {
    kind: 'blend',
    treated: inTreated.save(),
    untreated: inUntreated.save(),
    chosen: chosen.save(),
  };
}

const labelled = (logged: Logged, rows: Int32Array, target: Float64Array) => ({
  ...takeRows(logged.matrix, rows),
  target,
});
