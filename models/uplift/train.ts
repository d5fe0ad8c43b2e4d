import type { Performance } from '#core/contract/models/card.ts';
import { evaluate } from '../evaluate.ts';
import type { Learner, Progress } from '../learner.ts';
import { seededRandom, shuffled } from '../maths/random.ts';
import { type Matrix, pickNumbers } from '../matrix.ts';
import { calibrationCurve } from '../metrics/calibration.ts';
import { gainCurve } from '../metrics/separation.ts';
import type { Pool } from '../pool.ts';
import { type Logged, rowsWhere, takeLogged } from './data/logged.ts';
import { fitEffect, type Method, type PlainEffect, type SavedArm } from './fit/learners.ts';
import { fitByFold, fitNuisances, type Judged, judgeByFold, type Nuisances } from './fit/nuisance.ts';
import type { Fitting } from './fit/pseudo.ts';
import { shrinkArm } from './fit/shrink.ts';
import type { ClusteredMean } from './value/clustered.ts';
import { type ArmEffect, armEffects, comparable } from './value/effects.ts';
import {
  chanceOfTaken,
  performances,
  policiesOf,
  predictEffects,
  type Ranking,
  rankingsOf,
} from './value/judge.ts';
import { type ArmOverlap, allowedArms, overlapOf } from './value/overlap.ts';
import type { PolicyValue } from './value/policy-value.ts';

/** Groups of customers nuisances are cross-fitted over, and left out one by one for a person's uncertainty. */
export const folds = 5;

export interface UpliftTask {
  logged: Logged;
  method: Method;
  learner: Learner;
  options: unknown;
  seed: number;
  pool?: Pool;
  /** Days the outcome takes from the day of a row on: a row is trained on when it was known before the test began. */
  windowDays: number;
  trim: readonly [number, number];
  onProgress: (progress: Progress) => void;
  checkCancelled: () => void;
}

export interface UpliftResult {
  rows: number;
  customers: number;
  validation: { kind: 'out_of_time' | 'grouped_cross_validation'; trainDays: number[]; testDays: number[] };
  /** What each arm did on average, over all rows, cross-fitted. */
  effects: ArmEffect[];
  overlap: ArmOverlap[];
  /** On rows not fitted on. */
  policies: PolicyValue[];
  rankings: Ranking[];
  /** How the outcome models did, all arms together first. */
  results: Performance[];
  calibration: ReturnType<typeof calibrationCurve>;
  gain: ReturnType<typeof gainCurve>;
  baseRate: Performance[];
  saved: SavedArm[];
  /** Model of the outcome when nothing is done, for the chance shown beside an effect. */
  untreated: ReturnType<Nuisances['outcome'][number]['save']>;
}

/** Each customer's fold, dealt in an order drawn from `random`. */
export function dealFolds(groups: Int32Array, count: number, random: () => number): Int32Array {
  const people = [...new Set(groups)].sort((a, b) => a - b);
  const foldOf = new Map<number, number>();
  shuffled(people.length, random).forEach((place, i) => {
    foldOf.set(people[place]!, i % count);
  });
  return Int32Array.from(groups, (group) => foldOf.get(group)!);
}

/** The last fifth of the months is tested on; rows whose outcome was not known by its first day are left out of both. */
function splitByTime(matrix: Matrix, windowDays: number) {
  const months = [...new Set(Array.from(matrix.day, monthOf))].sort((a, b) => a - b);
  const testMonths = new Set(months.slice(months.length - Math.max(1, Math.floor(months.length / 5))));
  const test = rowsWhere(matrix.rows, (row) => testMonths.has(monthOf(matrix.day[row]!)));
  const first = test.reduce((least, row) => Math.min(least, matrix.day[row]!), Number.POSITIVE_INFINITY);
  const train = rowsWhere(matrix.rows, (row) => matrix.day[row]! + windowDays <= first);
  const enough = months.length > 1 && train.length >= test.length;
  return enough ? { kind: 'out_of_time' as const, train, test } : null;
}

const monthOf = (day: number): number => {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

/**
 * Effects of the arms from past decisions: nuisances cross-fitted by customer, overlap and trimming, the mean effect of
 * each arm, the effect on each person by the method asked for, and what policies would have been worth. What the person
 * models are judged by are rows after the last one they learned from, or other folds where there is one month only. With
 * one seed and one matrix, every figure is the same again.
 *
 * @throws cancelled
 */
export async function trainUplift(task: UpliftTask): Promise<UpliftResult> {
  const { logged, learner, method, trim } = task;
  const { matrix } = logged;
  const random = seededRandom(task.seed);
  const fold = dealFolds(matrix.groups, folds, random);
  const fitting: Fitting = { ...task, seed: task.seed + 1 };
  const say = (done: number, note: string) => task.onProgress({ done, note });

  const split = splitByTime(matrix, task.windowDays);
  const every = rowsWhere(matrix.rows, () => true);
  const past = split?.train ?? every;
  const shown = split?.test ?? every;
  const byFold = await fitByFold(fitting, logged, past, fold, folds, (done) => say(0.6 * done, 'nuisances'));
  const judged = judgeByFold(byFold, logged, fold);
  const allowed = allowedArms(logged, judged.propensity, trim);
  // The chances of the arms are not asked of the models of all.
  const full = await fitNuisances(fitting, { ...logged, recorded: [] }, past);
  const inPast = new Uint8Array(matrix.rows);
  for (const row of past) inPast[row] = 1;
  const learn = (arm: number, without: number | null) =>
    fitEffect(method, arm, {
      fitting,
      logged,
      judged,
      allowed,
      keep: (row) => inPast[row] === 1 && (without === null || fold[row] !== without),
      nuisances: without === null ? full : byFold[without]!,
    });
  const saved: SavedArm[] = [];
  const slopes: ClusteredMean[] = [];
  for (let arm = 1; arm < logged.arms.length; arm++) {
    const effect = await learn(arm, null);
    const withoutFold: PlainEffect[] = [];
    for (let k = 0; k < folds; k++) withoutFold.push(await learn(arm, k));
    const rows = comparable(allowed, arm).filter((row) => inPast[row] === 1);
    const shrunk = shrinkArm(learner, { logged, judged, fold, rows, arm }, effect, withoutFold);
    saved.push({ arm: logged.arms[arm]!, ...shrunk.saved });
    slopes.push(shrunk.slope);
    say(0.65 + (0.35 * arm) / logged.arms.length, logged.arms[arm]!);
  }

  const seen = split ? takeLogged(logged, shown) : logged;
  const said: Judged = {
    outcome: judged.outcome.map((values) => pickNumbers(values, shown)),
    propensity: judged.propensity.map((values) => pickNumbers(values, shown)),
  };
  const seenAllowed = allowedArms(seen, said.propensity, trim);
  const predicted = predictEffects(learner, saved, seen, split ? null : fold);
  const took = chanceOfTaken(seen, said);
  const events = seen.matrix.target.reduce((sum, value) => sum + value, 0);
  const trained = pickNumbers(matrix.target, past);
  const rate = trained.reduce((sum, value) => sum + value, 0) / trained.length;
  const daysOf = (rows: Int32Array): number[] =>
    [...new Set(Array.from(rows, (row) => matrix.day[row]!))].sort((a, b) => a - b);
  return {
    rows: matrix.rows,
    customers: new Set(matrix.groups).size,
    validation: {
      kind: split?.kind ?? 'grouped_cross_validation',
      trainDays: daysOf(past),
      testDays: daysOf(shown),
    },
    effects: armEffects(logged, judged, allowed),
    overlap: overlapOf(logged, judged.propensity, allowed),
    policies: policiesOf(seen, said, seenAllowed, predicted),
    rankings: rankingsOf(seen, said, seenAllowed, predicted, slopes),
    results: performances(seen, took),
    calibration:
      events > 0 ? calibrationCurve(seen.matrix.target, took, 10, { groups: seen.matrix.groups }) : [],
    gain: gainCurve(seen.matrix.target, took),
    baseRate: [evaluate('all', seen.matrix.target, new Float64Array(seen.matrix.rows).fill(rate))],
    saved,
    untreated: full.outcome[0]!.save(),
  };
}
