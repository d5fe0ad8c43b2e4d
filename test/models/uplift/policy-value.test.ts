import { describe, expect, it } from 'vitest';
import { auc } from '#models/metrics/auc.ts';
import { takeLogged } from '#models/uplift/data/logged.ts';
import type { ClusteredMean } from '#models/uplift/value/clustered.ts';
import { armEffects, armScores } from '#models/uplift/value/effects.ts';
import { performances } from '#models/uplift/value/judge.ts';
import { allowedArms } from '#models/uplift/value/overlap.ts';
import { alwaysArm, bestArm, valuePolicy } from '#models/uplift/value/policy-value.ts';
import { rankByUplift } from '#models/uplift/value/rank.ts';
import reference from '../../reference/policy-values.json' with { type: 'json' };
import { referenceRows } from '../../support/models/logged-rows.ts';

const { logged, judged, predicted } = referenceRows(reference.n, reference.seed);
const everything: [number, number] = [0, 1];
const allowed = allowedArms(logged, judged.propensity, everything);
const n = logged.matrix.rows;

interface Expected {
  estimate: number;
  standardError: number;
  lower: number;
  upper: number;
}
function expectEqual(found: ClusteredMean, wanted: Expected): void {
  for (const key of ['estimate', 'standardError', 'lower', 'upper'] as const)
    expect(found[key], key).toBeCloseTo(wanted[key], 9);
}

describe('values computed elsewhere from their definitions', () => {
  const choices = {
    nobody: new Int32Array(n),
    always_1: alwaysArm(allowed, 1),
    always_2: alwaysArm(allowed, 2),
    best: Int32Array.from(predicted, (value) => (value > 0 ? 1 : 0)),
  };
  it.each(Object.keys(choices) as (keyof typeof choices)[])('of the policy %s', (id) => {
    const wanted = reference.policies[id];
    const found = valuePolicy(id, logged, judged, allowed, choices[id]);
    expect(found.matching).toBe(wanted.matching);
    expect(found.effectiveSize).toBeCloseTo(wanted.effectiveSize, 8);
    expect(found.largestShare).toBeCloseTo(wanted.largestShare, 12);
    if (wanted.effectiveSize < 100) {
      expect(found.snips).toMatchObject({ estimate: null, reason: 'effective_size' });
      return;
    }
    expectEqual(found.ips, wanted.ips);
    expectEqual(found.snips, wanted.snips);
    expectEqual(found.doublyRobust, wanted.doublyRobust);
  });

  it('of the mean effects', () => {
    const found = armEffects(logged, judged, allowed);
    for (const [i, { effect }] of found.entries()) expectEqual(effect, reference.effects[i]!);
  });

  it('of the ranking, ties and all', () => {
    const none = armScores(logged, judged, 0);
    const effects = armScores(logged, judged, 1).map((value, i) => value - none[i]!);
    const ranking = rankByUplift(predicted, effects, logged.matrix.groups);
    expectEqual(ranking.auuc, reference.ranking.auuc);
    expectEqual(ranking.qini, reference.ranking.qini);
    expect(ranking.curve.at(0)!.gain).toBe(0);
    expect(ranking.curve.at(-1)!.gain).toBeCloseTo(reference.effects[0]!.estimate, 12);
  });
});

describe('what cannot be valued', () => {
  it('is said with its figures', () => {
    const small = referenceRows(150, 7);
    const all = allowedArms(small.logged, small.judged.propensity, everything);
    const value = valuePolicy('x', small.logged, small.judged, all, alwaysArm(all, 1));
    expect(value.effectiveSize).toBeLessThan(100);
    for (const kind of ['ips', 'snips', 'doublyRobust'] as const)
      expect(value[kind]).toMatchObject({
        estimate: null,
        lower: null,
        upper: null,
        reason: 'effective_size',
      });
  });

  it('is one weight that holds more than a tenth', () => {
    const own = referenceRows(2400, 11);
    const heavy = own.logged.taken.indexOf(1);
    const propensity = own.judged.propensity.map((values) => Float64Array.from(values));
    propensity[1]!.fill(1);
    propensity[1]![heavy] = 1 / 600;
    const open = allowedArms(own.logged, propensity, everything);
    const value = valuePolicy('x', own.logged, { ...own.judged, propensity }, open, alwaysArm(open, 1));
    expect(value.largestShare).toBeGreaterThan(0.1);
    expect(value.doublyRobust.reason).toBe('one_weight');
  });

  it('is a policy nobody followed, and rows without overlap', () => {
    const never: typeof logged = { ...logged, taken: new Int32Array(n) };
    expect(valuePolicy('x', never, judged, allowed, alwaysArm(allowed, 1)).snips.reason).toBe('never_taken');
    const closed = allowed.map(() => new Uint8Array(n));
    expect(valuePolicy('x', logged, judged, closed, new Int32Array(n)).snips.reason).toBe('no_overlap');
    expect(armEffects(never, judged, allowed)[0]!.effect.reason).toBe('never_attempted');
    const always: typeof logged = { ...logged, taken: new Int32Array(n).fill(1) };
    expect(armEffects(always, judged, allowed)[0]!.effect.reason).toBe('no_untreated');
    expect(armEffects(logged, judged, closed)[0]!.effect.reason).toBe('no_overlap');
  });
});

describe('the best arm', () => {
  it('is one that is allowed, and nothing where none is worth anything', () => {
    const open = [Uint8Array.of(1, 1, 1), Uint8Array.of(1, 0, 1), Uint8Array.of(1, 1, 1)];
    const worth = [new Float64Array(3), Float64Array.of(2, 5, -1), Float64Array.of(1, 3, 0)];
    expect([...bestArm(open, worth)]).toEqual([1, 2, 0]);
  });
});

it('how chances of the outcome rank is as sure as there are customers, not days', () => {
  const chance = Float64Array.from(logged.taken, (arm, row) => judged.outcome[arm]![row]!);
  const twice = new Int32Array([...logged.taken.keys(), ...logged.taken.keys()]);
  const [copied] = performances(
    takeLogged(logged, twice),
    Float64Array.from(twice, (row) => chance[row]!),
  );
  const { target, groups } = logged.matrix;
  expect(copied!.auc.lower).toBeCloseTo(auc(target, chance, { groups }).lower!, 9);
});
