import { describe, expect, it } from 'vitest';
import { responderWords, verdictOf } from '#core/experiment/responders/words.ts';
import boostedTrees from '#models/learners/boosted-trees.ts';
import { learnResponders, type RespondersTask } from '#models/uplift/responders/learn.ts';
import type { RespondersFound } from '#models/uplift/responders/value.ts';
import { respondingPeople } from '../../../support/responding-people.ts';

const learn = (
  logged: RespondersTask['logged'],
  methods: RespondersTask['methods'] = ['dr'],
): Promise<RespondersFound> =>
  learnResponders({
    logged,
    methods,
    ruleColumns: ['x', 'noise', 'kind'],
    learner: boostedTrees as unknown as RespondersTask['learner'],
    options: boostedTrees.options.parse({
      rounds: 50,
      leaves: 3,
      minRows: Math.floor(logged.matrix.rows / 20),
      learningRate: 0.08,
      bins: 32,
      patience: 0,
    }),
    seed: 7,
    onProgress: () => {},
    checkCancelled: () => {},
  });
const verdict = (found: RespondersFound) => {
  const worth = (one: RespondersFound['byRule' | 'oneForAll']) => ({ ...one, gives: [] });
  return { shortRule: worth(found.byRule), perPerson: worth(found.perPerson[0]!) };
};

describe('a trial in which style A works above 0 and style B below', () => {
  const lift = 0.16;
  const { logged, truth } = respondingPeople(6000, 1, lift);

  it('finds the rule, and values it, and one style for all, within their intervals', async () => {
    const found = await learn(logged, ['dr', 't', 'x']);
    expect(found.rule).toMatchObject({
      question: { column: 'x', is: 'at_least' },
      yes: { arm: 1 },
      no: { arm: 2 },
    });
    const cut = 'question' in found.rule ? Number(found.rule.question.value) : Number.NaN;
    expect(Math.abs(cut)).toBeLessThan(0.15);
    expect(verdictOf(verdict(found))).toBe('segments');
    const mean = (of: (row: number) => number) =>
      logged.taken.reduce((sum, _, row) => sum + of(row), 0) / logged.matrix.rows;
    const control = mean((row) => truth[0]![row]!);
    const best = mean((row) => Math.max(truth[1]![row]!, truth[2]![row]!));
    const single = Math.max(
      mean((row) => truth[1]![row]!),
      mean((row) => truth[2]![row]!),
    );
    const covers = ({ lower, upper }: { lower: number | null; upper: number | null }, value: number) =>
      lower! < value && value < upper!;
    expect(covers(found.byRule.value, best)).toBe(true);
    expect(covers(found.byRule.overOne, best - single)).toBe(true);
    expect(covers(found.byRule.overControl, best - control)).toBe(true);
    expect(covers(found.oneForAll.value, single)).toBe(true);
    for (const { overOne } of found.perPerson) expect(overOne.lower!).toBeGreaterThan(0);
    for (const { n, overControl } of found.byRule.arms.slice(1)) {
      expect(n).toBeGreaterThan(2000);
      expect(covers(overControl, lift)).toBe(true);
    }
    expect(found.byRule.gives.reduce((sum, n) => sum + n, 0)).toBe(6000);
    for (const { qini, points } of found.responses) {
      expect(qini.lower!).toBeGreaterThan(0);
      expect(points).toHaveLength(10);
      const observed = (from: number) =>
        points.slice(from, from + 5).reduce((sum, point) => sum + point.observed, 0) / 5;
      expect(observed(5)).toBeGreaterThan(observed(0));
    }
    const words = responderWords({ people: 6000, best: { es: 'a', en: 'a' }, ...verdict(found) });
    expect(words.headline.en).toMatch(/^People respond differently: a short rule does \d+\.\d points better/);
  });

  it('is the same again', async () => {
    const [first, second] = [await learn(logged), await learn(logged)];
    expect(second).toEqual(first);
  });
});

describe('trials in which nobody differs', () => {
  it('finds something in no more of them than chance allows', async () => {
    const trials = 40;
    let found = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { logged } = respondingPeople(900, 500 + trial, 0);
      if (verdictOf(verdict(await learn(logged))) !== 'one_rule') found++;
    }
    // Of 40 trials at 5 %, more than 5 happen once in a hundred times.
    expect(found).toBeLessThanOrEqual(5);
  });

  it('says one rule for all where a style helps everybody alike, and names what cannot be ruled out', async () => {
    const { logged } = respondingPeople(3000, 9, 0);
    for (let row = 0; row < logged.taken.length; row++)
      if (logged.taken[row] === 1 && row % 6 === 0) logged.matrix.target[row] = 1;
    const found = await learn(logged);
    expect(found.best).toBe(1);
    const words = responderWords({ people: 3000, best: { es: 'A', en: 'A' }, ...verdict(found) });
    expect(words.kind).toBe('one_rule');
    expect(words.reasons.at(-1)!.en).toMatch(/^With 3,000 people, a difference of up to \d\.\d points/);
  });
});
