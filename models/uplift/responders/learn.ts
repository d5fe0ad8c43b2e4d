import type { Rule } from '#core/experiment/responders/rule.ts';
import type { Learner } from '../../learner.ts';
import { seededRandom } from '../../maths/random.ts';
import { pickNumbers, takeRows } from '../../matrix.ts';
import type { Pool } from '../../pool.ts';
import { type Logged, rowsWhere } from '../data/logged.ts';
import { fitEffect, type Method, restoreEffect } from '../fit/learners.ts';
import { fitByFold, type Judged, judgeByFold, type Nuisances } from '../fit/nuisance.ts';
import type { Fitting } from '../fit/pseudo.ts';
import { dealFolds } from '../train.ts';
import { armScores } from '../value/effects.ts';
import { bestArm } from '../value/policy-value.ts';
import { applyRule, fitPolicyTree } from './policy-tree.ts';
import { binColumn } from './tree-bins.ts';
import { type RespondersFound, valueResponders } from './value.ts';

export interface RespondersTask {
  /** One row a person of an experiment, arm 0 the control, chances of the arms as they were drawn; all arms possible. */
  logged: Logged & { recorded: readonly Float64Array[] };
  /** Columns a rule for segments may ask about. */
  ruleColumns: readonly string[];
  /** The first decides; the others stand beside. */
  methods: readonly Method[];
  learner: Learner;
  options: unknown;
  seed: number;
  pool?: Pool;
  onProgress: (progress: { done: number; note: string }) => void;
  checkCancelled: () => void;
}

const folds = 5;
/** Part of the people that a leaf of a rule has at least. */
const leastShare = 0.05;
const leastLeaf = 50;

/** Predicted effects of each arm on everybody, each person by models that did not see them. */
async function predictUnseen(
  method: Method,
  { task, fitting, judged, byFold, fold }: Ground,
): Promise<Float64Array[]> {
  const { logged, learner } = task;
  const { rows } = logged.matrix;
  const allowed = logged.arms.map(() => new Uint8Array(rows).fill(1));
  const effects = logged.arms.map(() => new Float64Array(rows));
  for (let k = 0; k < folds; k++) {
    const inside = rowsWhere(rows, (row) => fold[row] === k);
    const seen = takeRows(logged.matrix, inside);
    for (let arm = 1; arm < logged.arms.length; arm++) {
      task.checkCancelled();
      const saved = await fitEffect(method, arm, {
        fitting,
        logged,
        judged,
        allowed,
        keep: (row) => fold[row] !== k,
        nuisances: byFold[k]!,
      });
      const predicted = restoreEffect(learner, saved)(seen);
      inside.forEach((row, i) => {
        effects[arm]![row] = predicted?.[i] ?? 0;
      });
    }
  }
  return effects;
}

interface Ground {
  task: RespondersTask;
  fitting: Fitting;
  judged: Judged;
  byFold: readonly Nuisances[];
  fold: Int32Array;
}

const meanOf = (values: Float64Array, rows: Int32Array): number =>
  pickNumbers(values, rows).reduce((sum, value) => sum + value, 0) / Math.max(1, rows.length);

/** The arm that does best on average over some rows; of equal ones the first. */
function bestOfAll(scores: readonly Float64Array[], rows: Int32Array): number {
  const means = scores.map((values) => meanOf(values, rows));
  return means.indexOf(Math.max(...means));
}

/**
 * Who responds to which arm of an experiment, and what telling people apart would have been worth.
 *
 * The people are dealt into five folds. Everything that is said of a person comes from the other four: the models of the
 * outcome and of the effects, the one arm that is best for all, and the rule of at most two questions. Chances of the arms
 * are those of the draw, so that the doubly robust scores by which policies are valued are unbiased whatever the models
 * say. A policy is held against one arm for all person by person. With one seed every figure is the same again.
 *
 * @throws cancelled
 */
export async function learnResponders(task: RespondersTask): Promise<RespondersFound> {
  const { logged, methods } = task;
  const { rows, groups } = logged.matrix;
  const fold = dealFolds(groups, folds, seededRandom(task.seed));
  const fitting: Fitting = { ...task, seed: task.seed + 1 };
  const every = rowsWhere(rows, () => true);
  const say = (done: number, note: string) => task.onProgress({ done, note });

  const byFold = await fitByFold(fitting, logged, every, fold, folds, (done) => say(0.3 * done, ''));
  const judged = judgeByFold(byFold, logged, fold);
  const scores = logged.arms.map((_, arm) => armScores(logged, judged, arm));
  const allowed = logged.arms.map(() => new Uint8Array(rows).fill(1));
  const ground: Ground = { task, fitting, judged, byFold, fold };
  const predicted: Float64Array[][] = [];
  for (const [i, method] of methods.entries()) {
    predicted.push(await predictUnseen(method, ground));
    say(0.3 + (0.5 * (i + 1)) / methods.length, method);
  }

  const columns = logged.matrix.columns.filter(({ name }) => task.ruleColumns.includes(name)).map(binColumn);
  const learnRule = (on: Int32Array): Rule =>
    fitPolicyTree({
      columns,
      scores,
      rows: on,
      leastRows: Math.max(leastLeaf, Math.ceil(leastShare * on.length)),
    });
  const oneForAll = new Int32Array(rows);
  const byRule = new Int32Array(rows);
  for (let k = 0; k < folds; k++) {
    task.checkCancelled();
    const [inside, outside] = [
      every.filter((row) => fold[row] === k),
      every.filter((row) => fold[row] !== k),
    ];
    const single = bestOfAll(scores, outside);
    const given = applyRule(learnRule(outside), columns, inside);
    inside.forEach((row, i) => {
      oneForAll[row] = single;
      byRule[row] = given[i]!;
    });
    say(0.8 + (0.15 * (k + 1)) / folds, '');
  }
  const rule = learnRule(every);
  return {
    ...valueResponders({
      logged,
      scores,
      predicted: predicted[0]!,
      perPerson: methods.map((method, i) => ({ method, choice: bestArm(allowed, predicted[i]!) })),
      oneForAll,
      byRule,
    }),
    best: bestOfAll(scores, every),
    rule,
    ruleGives: shares(applyRule(rule, columns, every), logged.arms.length),
  };
}

/** People each arm is given. */
const shares = (choice: Int32Array, arms: number): number[] =>
  Array.from({ length: arms }, (_, arm) => choice.reduce((n, one) => n + (one === arm ? 1 : 0), 0));
