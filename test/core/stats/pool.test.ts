import { describe, expect, it } from 'vitest';
import { cochranQ, spreadBetween, weightedMean } from '#core/stats/pool/heterogeneity.ts';
import { summariseTrials } from '#core/stats/pool/meta-analysis.ts';
import { shrink } from '#core/stats/pool/shrink.ts';
import { seededRandom } from '#models/maths/random.ts';
import { normals } from '../../support/evidence/population.ts';
import { reference } from '../../support/experiments/reference-effects.ts';
import { nearAll } from '../../support/experiments/reference-statistics.ts';

const estimatesOf = ({ effects, errors }: { effects: number[]; errors: number[] }) =>
  effects.map((estimate, i) => ({ estimate, standardError: errors[i]! }));

describe.each(reference.trials)('trials together (statsmodels)', (given) => {
  const trials = estimatesOf(given);

  it('Q, the spread between trials, and the mean over them', () => {
    expect(cochranQ(trials).q).toBeCloseTo(given.q, 9);
    nearAll(
      [spreadBetween(trials, 'paule_mandel'), spreadBetween(trials, 'dersimonian_laird')],
      [given.tau2_pm, Math.max(0, given.tau2_dl)],
      1e-6,
    );
    const summary = summariseTrials(trials, { interval: 'normal' });
    nearAll([summary.mean, summary.standardError], [given.mean_pm, given.error_pm], 1e-6);
    if (given.tau2_dl <= 0) return;
    const other = weightedMean(trials, spreadBetween(trials, 'dersimonian_laird'));
    nearAll([other.mean, 1 / Math.sqrt(other.weight)], [given.mean_dl, given.error_dl], 1e-6);
  });

  it('Hartung and Knapp’s error, never under the normal one', () => {
    const [plain, wide] = [summariseTrials(trials, { interval: 'normal' }), summariseTrials(trials)];
    expect(wide.standardError!).toBeCloseTo(Math.max(plain.standardError!, given.error_hk), 6);
    expect(wide.upper! - wide.lower!).toBeGreaterThan(plain.upper! - plain.lower!);
    expect(wide.next!.upper - wide.next!.lower).toBeGreaterThan(wide.upper! - wide.lower!);
  });
});

it('none and one trial', () => {
  expect(summariseTrials([])).toMatchObject({ mean: null, lower: null, reason: 'no_trials' });
  const one = summariseTrials([{ estimate: 2, standardError: 1 }]);
  expect(one).toMatchObject({ mean: 2, tau: 0, q: null, next: null });
  expect(one.upper).toBeCloseTo(2 + 1.959964, 5);
  expect(cochranQ([{ estimate: 2, standardError: 1 }])).toMatchObject({
    pValue: null,
    reason: 'one_estimate',
  });
});

it('shrinks all the way where nothing differs, and little where much does', () => {
  const same = shrink([1, 1.1, 0.9].map((estimate) => ({ estimate, standardError: 1 })));
  expect(same.tau).toBe(0);
  for (const { estimate, shrinkage } of same.each) {
    expect(estimate).toBeCloseTo(1, 12);
    expect(shrinkage).toBe(1);
  }
  const apart = shrink([-50, 0, 50].map((estimate) => ({ estimate, standardError: 1 })));
  expect(apart.each[0]!.estimate).toBeCloseTo(-50, 1);
  expect(apart.each[0]!.shrinkage).toBeLessThan(0.01);
});

const simulate = (levels: number, tau: number, runs: number) => {
  const random = seededRandom(4);
  const normal = normals(random);
  let [covered, closer, raw, alarms, meanCovered, nextCovered] = [0, 0, 0, 0, 0, 0];
  for (let run = 0; run < runs; run++) {
    const truths = Array.from({ length: levels }, () => 0.5 + tau * normal());
    const estimates = truths.map((truth) => {
      const standardError = 0.5 + random();
      return { estimate: truth + standardError * normal(), standardError };
    });
    const { each } = shrink(estimates);
    each.forEach(({ lower, upper, estimate }, i) => {
      if (lower <= truths[i]! && truths[i]! <= upper) covered++;
      closer += (estimate - truths[i]!) ** 2;
      raw += (estimates[i]!.estimate - truths[i]!) ** 2;
    });
    if (cochranQ(estimates).pValue! < 0.05) alarms++;
    const summary = summariseTrials(estimates);
    if (summary.lower! <= 0.5 && 0.5 <= summary.upper!) meanCovered++;
    const next = 0.5 + tau * normal();
    if (summary.next && summary.next.lower <= next && next <= summary.next.upper) nextCovered++;
  }
  const many = runs * levels;
  return {
    covered: covered / many,
    closer: closer / raw,
    alarms: alarms / runs,
    mean: meanCovered / runs,
    next: nextCovered / runs,
  };
};

describe.each([
  [2, 0],
  [3, 0],
  [3, 0.7],
  [5, 0.3],
  [8, 1.5],
] as const)('%i levels that differ by %f', (levels, tau) => {
  const found = simulate(levels, tau, 3000);
  it('shrunken effects are nearer the truth, and their intervals cover it', () => {
    expect(found.closer).toBeLessThan(tau > 1 ? 1 : 0.95);
    expect(found.covered).toBeGreaterThan(0.92);
  });
  if (tau === 0)
    it('finds an interaction as often as it should where there is none', () => {
      expect(found.alarms).toBeGreaterThan(0.035);
      expect(found.alarms).toBeLessThan(0.065);
    });
  it('covers the mean over trials and the next trial', () => {
    expect(found.mean).toBeGreaterThan(0.93);
    if (levels > 3) expect(found.next).toBeGreaterThan(0.9);
  });
});
