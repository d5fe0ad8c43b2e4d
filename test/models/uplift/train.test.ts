import { describe, expect, it } from 'vitest';
import { DomainError } from '#core/errors/domain-error.ts';
import boostedTrees from '#models/learners/boosted-trees.ts';
import scorecard from '#models/learners/scorecard.ts';
import type { Logged } from '#models/uplift/data/logged.ts';
import { requireDecisions, requireOverlap } from '#models/uplift/data/require.ts';
import { methods, restoreEffect, type SavedEffect } from '#models/uplift/fit/learners.ts';
import { dealFolds, trainUplift, type UpliftTask } from '#models/uplift/train.ts';
import { simulateDecisions } from '../../support/models/logged-rows.ts';
import { rankCorrelation } from '../../support/models/rank-correlation.ts';

const learners = {
  scorecard: { learner: scorecard as unknown as UpliftTask['learner'], options: scorecard.options.parse({}) },
  'boosted-trees': {
    learner: boostedTrees as unknown as UpliftTask['learner'],
    options: boostedTrees.options.parse({ rounds: 60, leaves: 4, minRows: 100, learningRate: 0.1 }),
  },
};
const train = (logged: Logged, method: UpliftTask['method'], by: keyof typeof learners = 'scorecard') =>
  trainUplift({
    logged,
    method,
    ...learners[by],
    seed: 3,
    windowDays: 7,
    trim: [0.02, 0.98],
    onProgress: () => {},
    checkCancelled: () => {},
  });

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each([
  ['scorecard', 't'],
  ['scorecard', 'dr'],
  ['boosted-trees', 't'],
  ['boosted-trees', 'x'],
  ['boosted-trees', 'dr'],
] as const)('%s, method %s', (by, method) => {
  it('finds who is helped, and the mean effect with its interval', async () => {
    const logged = simulateDecisions(by === 'scorecard' ? 9000 : 5000, 5);
    const result = await train(logged, method, by);
    const truth = logged.truth[1]!.map((value, row) => value - logged.truth[0]![row]!);
    const predicted = restoreEffect(learners[by].learner, result.saved[0]!.effect)(logged.matrix)!;
    expect(rankCorrelation(predicted, truth)).toBeGreaterThan(0.5);
    const [first, second] = result.effects;
    expect(first!.effect.lower).toBeLessThan(mean(truth));
    expect(first!.effect.upper).toBeGreaterThan(mean(truth));
    expect(first!.effect.lower).toBeGreaterThan(0);
    expect(second!.effect.lower).toBeLessThan(0);
    expect(second!.effect.upper).toBeGreaterThan(0);
    expect(JSON.parse(JSON.stringify(result.saved))).toEqual(result.saved);
  });
});

it('knows every method by name', () => expect([...methods].sort()).toEqual(['dr', 't', 'x']));

describe('training on decisions of several months', () => {
  const logged = simulateDecisions(5000, 8, { months: 6 });
  it('judges on later rows alone, and gives the same again', async () => {
    const result = await train(logged, 'dr');
    expect(result.validation.kind).toBe('out_of_time');
    const { trainDays, testDays } = result.validation;
    expect(trainDays.at(-1)! + 7).toBeLessThanOrEqual(testDays[0]!);
    expect(await train(logged, 'dr')).toEqual(result);
  });

  it('values policies within their intervals', async () => {
    const result = await train(logged, 'dr');
    const test = new Set(result.validation.testDays);
    const rows = [...logged.matrix.day.keys()].filter((row) => test.has(logged.matrix.day[row]!));
    const worth = (arm: number) => rows.reduce((sum, row) => sum + logged.truth[arm]![row]!, 0) / rows.length;
    const truth: Record<string, number> = {
      nobody: worth(0),
      'always:sms': worth(1),
      'always:call': worth(2),
    };
    for (const { id, snips, doublyRobust } of result.policies.filter((policy) => policy.id in truth))
      for (const { lower, upper } of [snips, doublyRobust]) {
        expect(lower!, id).toBeLessThan(truth[id]!);
        expect(upper!, id).toBeGreaterThan(truth[id]!);
      }
    const qini = result.rankings.find(({ arm }) => arm === 'sms')!.qini;
    expect(qini.estimate).toBeGreaterThan(0);
  });
});

describe('a hidden reason for the choice', () => {
  it('biases what is estimated and not what was written down', async () => {
    const hidden = { confounding: 0.8 };
    const recorded = simulateDecisions(6000, 21, hidden);
    const truth = mean(recorded.truth[1]!.map((value, row) => value - recorded.truth[0]![row]!));
    const [known] = (await train(recorded, 'dr')).effects;
    const [guessed] = (await train({ ...recorded, recorded: null }, 'dr')).effects;
    expect(known!.effect.lower).toBeLessThan(truth);
    expect(known!.effect.upper).toBeGreaterThan(truth);
    expect(guessed!.effect.lower).toBeGreaterThan(truth);
  });
});

describe('decisions that cannot be compared', () => {
  const codeOf = (work: () => void): string => {
    try {
      work();
    } catch (error) {
      return error instanceof DomainError ? error.code : String(error);
    }
    return 'none';
  };
  const base = simulateDecisions(400, 2);
  const withTaken = (arm: number): Logged => ({ ...base, taken: new Int32Array(400).fill(arm) });
  const withTarget = (value: number): Logged => ({
    ...base,
    matrix: { ...base.matrix, target: new Float64Array(400).fill(value) },
  });

  it.each([
    ['no attempts', withTaken(0), 'uplift_no_attempts'],
    ['no untreated rows', withTaken(1), 'uplift_no_untreated'],
    ['one class', withTarget(1), 'one_class'],
    ['few rows', simulateDecisions(30, 2), 'too_few_rows'],
  ] as const)('%s', (_, logged, code) => {
    expect(codeOf(() => requireDecisions(logged))).toBe(code);
  });

  it('no overlap: who got what follows from the columns', async () => {
    const taken = Int32Array.from(
      base.matrix.columns[0]!.kind === 'numeric' ? base.matrix.columns[0]!.values : [],
      (value) => (value > 0 ? 1 : 0),
    );
    const recorded = [0, 1, 2].map((arm) => Float64Array.from(taken, (own) => (own === arm ? 1 : 0)));
    const result = await train({ ...base, taken, recorded }, 'dr');
    expect(result.effects.every(({ effect }) => effect.estimate === null)).toBe(true);
    expect(result.policies.find(({ id }) => id === 'nobody')!.snips.reason).toBe('no_overlap');
    expect(codeOf(() => requireOverlap(result))).toBe('uplift_no_overlap');
  });

  it('one channel only is compared alone, and the other is refused in words', async () => {
    const result = await train({ ...base, taken: base.taken.map((arm) => (arm === 2 ? 1 : arm)) }, 'dr');
    expect(result.effects[1]!.effect.reason).toBe('never_attempted');
    expect(result.saved[1]!.effect).toEqual({ kind: 'none' } satisfies SavedEffect);
  });
});

it('keeps a customer in one fold', () => {
  const { matrix } = simulateDecisions(300, 4);
  const fold = dealFolds(matrix.groups, 5, () => 0.4);
  const of = new Map<number, number>();
  matrix.groups.forEach((group, row) => {
    expect(of.get(group) ?? fold[row]).toBe(fold[row]);
    of.set(group, fold[row]!);
  });
});
