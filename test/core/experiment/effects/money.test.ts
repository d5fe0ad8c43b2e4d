import { expect, it } from 'vitest';
import { incrementalCash } from '#core/experiment/money.ts';
import type { Replicates } from '#core/experiment/statistic.ts';
import { seededRandom } from '#models/maths/random.ts';
import { draw, type Population, population, truthOf } from '../../../support/evidence/population.ts';
import { evidenceOf } from '../../../support/evidence/units.ts';

const cash: Population = { ...population, spread: 1, lift: 0.3 };
const shape = { ratio: false, covariates: 0, strata: 1, draws: 399 };
const cap = 8;

function arm(inArm: boolean, n: number, random: () => number, costPerThousand: number) {
  const units = draw(cash, n, inArm, random);
  const seed = Math.floor(random() * 1e9);
  const of = (most: number): Replicates =>
    evidenceOf(
      'replicates',
      units.map((unit) => ({ ...unit, y: Math.min(most, unit.y) })),
      shape,
      seededRandom(seed),
    );
  return { raw: of(Number.POSITIVE_INFINITY), capped: of(cap), costPerThousand };
}

const random = seededRandom(3);
const trials = Array.from(
  { length: 200 },
  () => [arm(false, 300, random, 0), arm(true, 300, random, 40)] as const,
);

it('covers the true cash per 1,000 people less the cost, capped and as it was', () => {
  const truth = { raw: truthOf(cash), capped: truthOf({ ...cash, cap }) };
  for (const which of ['raw', 'capped'] as const) {
    const [zero, one] = truth[which].mean;
    const net = 1000 * (one - zero) - 40;
    const covered = trials.filter(([control, treated]) => {
      const { lower, upper } = incrementalCash(control, treated)[which];
      return lower! <= net && net <= upper!;
    }).length;
    expect(covered / trials.length, which).toBeGreaterThan(0.95 - 3 * 0.0154 - 0.02);
  }
});

it('moves with the cost and not otherwise', () => {
  const [control, treated] = trials[0]!;
  const dear = incrementalCash(control, { ...treated, costPerThousand: 140 });
  const cheap = incrementalCash(control, treated);
  for (const which of ['raw', 'capped'] as const) {
    for (const part of ['estimate', 'lower', 'upper'] as const)
      expect(dear[which][part]!).toBeCloseTo(cheap[which][part]! - 100, 8);
    expect(dear[which].standardError!).toBeCloseTo(cheap[which].standardError!, 8);
  }
  expect(cheap.capped.standardError!).toBeLessThan(cheap.raw.standardError!);
});

it('says why it has no figure', () => {
  const none = arm(false, 0, seededRandom(1), 0);
  const some = trials[0]![1];
  expect(incrementalCash(none, some).raw).toMatchObject({ estimate: null, reason: 'empty_arm' });
  const few = { ...some, raw: { ...some.raw, draws: some.raw.draws.slice(0, 20) } };
  expect(incrementalCash(few, few).raw.reason).toBe('too_few');
  const same = { ...some.raw, draws: some.raw.draws.map(() => some.raw.draws[0]!) };
  expect(incrementalCash({ ...some, raw: same }, { ...some, raw: same }).raw.reason).toBe('no_variation');
});
