import { expect, it } from 'vitest';
import { type AccountSums, clustering } from '#core/experiment/past/accounts.ts';
import { powerFor } from '#core/experiment/power/comparison.ts';
import clustered from '#core/experiment/statistics/clustered.ts';
import { seededRandom } from '#models/maths/random.ts';
import { simulationError } from '../../../support/trials/z-paths.ts';

const [people, rate, alike, effect] = [400, 0.35, 0.5, 0.09];

/** Accounts of one person end as one lot has it with chance √`alike`, else each by itself: correlation `alike`. */
function person(p: number, random: () => number): { accounts: number; cleared: number } {
  const accounts = 1 + Math.floor(3 * random());
  const together = random() < p;
  let cleared = 0;
  for (let i = 0; i < accounts; i++) {
    const own = random() < Math.sqrt(alike) ? together : random() < p;
    if (own) cleared++;
  }
  return { accounts, cleared };
}

/** Moments of clusters and the sums that the portfolio's past is read by. */
function arm(p: number, random: () => number) {
  const [sums, products] = [
    [0, 0],
    [0, 0, 0],
  ];
  const past: AccountSums = { people, accounts: 0, accounts_squared: 0, cleared: 0, between: 0 };
  for (let i = 0; i < people; i++) {
    const { accounts: m, cleared: y } = person(p, random);
    sums[0]! += y;
    sums[1]! += m;
    products[0]! += y * y;
    products[1]! += y * m;
    products[2]! += m * m;
    past.accounts += m;
    past.accounts_squared += m * m;
    past.cleared += y;
    past.between += (y * y) / m;
  }
  return { clusters: { n: people, sums, products, ratio: true }, past };
}

it('sizes accounts drawn by person with the design effect of the past, as trials analysed by person bear out', () => {
  const random = seededRandom(29);
  const runs = 1500;
  const before = Array.from({ length: 20 }, () => clustering(arm(rate, random).past)!);
  const mean = (of: (one: (typeof before)[number]) => number) =>
    before.reduce((sum, one) => sum + of(one), 0) / before.length;
  expect(mean((one) => one.correlation)).toBeCloseTo(alike, 1);
  const accounts = people * mean((one) => one.perPerson);
  const given = {
    outcome: { kind: 'proportion' as const, rate },
    controlN: accounts,
    armN: accounts,
    alpha: 0.05,
  };
  const promised = powerFor(effect, { ...given, designEffect: mean((one) => one.designEffect) });
  expect(powerFor(effect, given) - promised).toBeGreaterThan(0.05);
  const options = clustered.options.parse({});
  let seen = 0;
  for (let run = 0; run < runs; run++) {
    const found = clustered.compute(arm(rate, random).clusters, arm(rate + effect, random).clusters, options);
    if (found.pValue! < 0.05) seen++;
  }
  expect(Math.abs(seen / runs - promised)).toBeLessThan(simulationError(promised, runs));
});
