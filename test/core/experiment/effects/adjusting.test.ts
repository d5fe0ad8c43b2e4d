import { describe, expect, it } from 'vitest';
import { adjustmentHealth } from '#core/experiment/estimating/health.ts';
import cuped from '#core/experiment/statistics/cuped.ts';
import differenceInMeans from '#core/experiment/statistics/difference-in-means.ts';
import stratified from '#core/experiment/statistics/stratified.ts';
import { solveSymmetric } from '#core/stats/linear/solve.ts';
import { seededRandom } from '#models/maths/random.ts';
import { normals } from '../../../support/evidence/population.ts';
import { momentsOf } from '../../../support/evidence/units.ts';

const normal = normals(seededRandom(9));
/** Outcome with a covariate that explains `share` of its variance, one that explains nothing, a copy and a constant. */
const arm = (n: number, share: number, { effect = 0, shift = 0 } = {}) =>
  momentsOf(
    Array.from({ length: n }, () => {
      const x = normal();
      const y = effect + Math.sqrt(share) * x + Math.sqrt(1 - share) * normal();
      return [y, x + shift, normal(), 2 * x + 2 * shift, 7];
    }),
    5,
    false,
  );

describe('covariates', () => {
  const [control, treated] = [arm(4000, 0.5), arm(1000, 0.5, { effect: 0.1 })];
  const health = adjustmentHealth(control, treated);

  it('take away as much variance as they explain, the redundant and constant ones aside', () => {
    expect(health.varianceRemoved).toBeGreaterThan(0.45);
    expect(health.varianceRemoved).toBeLessThan(0.55);
    expect(health.covariates.map(({ used }) => used)).toEqual([true, true, false, false]);
    expect(health.covariates[0]!.correlation).toBeCloseTo(Math.sqrt(0.5), 1);
    expect(health.covariates[3]).toMatchObject({ correlation: null, standardisedDifference: null });
    const [plain, adjusted] = [
      differenceInMeans.compute(control, treated, differenceInMeans.options.parse({})),
      cuped.compute(control, treated, cuped.options.parse({})),
    ];
    expect((adjusted.standardError! / plain.standardError!) ** 2).toBeCloseTo(
      1 - health.varianceRemoved!,
      10,
    );
  });

  it('are balanced when they are of before, and not when they are not', () => {
    expect(health.balanceP).toBeGreaterThan(0.001);
    const after = adjustmentHealth(control, arm(1000, 0.5, { shift: 0.3 }));
    expect(after.balanceP).toBeLessThan(1e-6);
    expect(after.covariates[0]!.standardisedDifference).toBeGreaterThan(0.2);
    expect(after.covariates[0]!.pValue).toBeLessThan(1e-6);
  });

  it('say why nothing can be said', () =>
    expect(adjustmentHealth(arm(0, 0.5), treated)).toMatchObject({
      varianceRemoved: null,
      reason: 'empty_arm',
    }));

  it('centred per arm are never worse than unadjusted, whatever the arms; pooled ones can be', () => {
    for (let i = 0; i < 20; i++) {
      const [zero, one] = [arm(300, 0.05), arm(60, 0.9, { effect: 3 })];
      const error = (coefficients: string) =>
        cuped.compute(zero, one, cuped.options.parse({ coefficients })).standardError!;
      const none = cuped.compute(zero, one, cuped.options.parse({ given: [0, 0, 0, 0] })).standardError!;
      const lost = Math.sqrt((358 - 2) / 358);
      expect(error('centred') * lost).toBeLessThanOrEqual(none + 1e-12);
      expect(error('centred') * lost).toBeLessThanOrEqual(error('within_unweighted') + 1e-12);
      expect(error('centred') * lost).toBeLessThanOrEqual(error('pooled') + 1e-12);
    }
  });
});

it('strata undo an uneven split that a plain difference takes for an effect', () => {
  const normalHere = normals(seededRandom(2));
  const people = (n: number, level: number) =>
    momentsOf(
      Array.from({ length: n }, () => [level + normalHere()]),
      1,
      false,
    );
  const control = [people(900, 0), people(100, 5)];
  const treated = [people(300, 0), people(700, 5)];
  const strata = (arms: typeof control) => arms.map((moments, k) => ({ stratum: String(k), moments }));
  const effect = stratified.compute(strata(control), strata(treated), stratified.options.parse({}));
  expect(Math.abs(effect.estimate!)).toBeLessThan(4 * effect.standardError!);
  expect(effect.standardError!).toBeLessThan(0.12);
});

it('a stratum in which the arm was not open is left out of both; a small one by chance stands with others', () => {
  const normalHere = normals(seededRandom(4));
  const people = (n: number, level: number) =>
    momentsOf(
      Array.from({ length: n }, () => [level + normalHere()]),
      1,
      false,
    );
  const strata = (arms: ReturnType<typeof people>[]) =>
    arms.map((moments, k) => ({ stratum: String(k), moments }));
  const options = stratified.options.parse({});
  const [control, treated] = [[people(400, 0), people(400, 9)], [people(400, 0)]];
  const open = stratified.compute(strata(control.slice(0, 1)), strata(treated), options);
  expect(stratified.compute(strata(control), strata([...treated, people(0, 9)]), options)).toEqual(open);
  const small = [strata([...control.slice(0, 1), people(2, 0)]), strata([...treated, people(0, 0)])] as const;
  const merged = stratified.compute(...small, options);
  expect(merged.estimate).not.toBe(open.estimate);
  expect(merged.estimate).toBeCloseTo(open.estimate!, 1);
});

it('keeps its digits over ten million people and amounts of a million', () => {
  const many = 10_000_000;
  const groups: [share: number, value: number][] = [
    [0.6, 0],
    [0.3999, 250.25],
    [0.0001, 1_000_000],
  ];
  const sums = (add: number) => {
    const values = groups.map(
      ([share, value]) =>
        [BigInt(Math.round(share * many)), BigInt(Math.round((value + add) * 100))] as const,
    );
    const total = values.reduce((sum, [n, cents]) => sum + n * cents, 0n);
    const squares = values.reduce((sum, [n, cents]) => sum + n * cents * cents, 0n);
    const exact = squares * BigInt(many) - total * total;
    return {
      moments: { n: many, sums: [Number(total) / 100], products: [Number(squares) / 10_000], ratio: false },
      variance: Number(exact) / (many * (many - 1)) / 10_000,
    };
  };
  const [control, treated] = [sums(0), sums(0.01)];
  const effect = differenceInMeans.compute(
    control.moments,
    treated.moments,
    differenceInMeans.options.parse({}),
  );
  const error = Math.sqrt((control.variance + treated.variance) / many);
  expect(Math.abs(effect.standardError! / error - 1)).toBeLessThan(1e-12);
  expect(effect.estimate!).toBeCloseTo(0.01, 9);
  const same = { n: many, sums: [many * 1e6], products: [many * 1e12], ratio: false };
  expect(differenceInMeans.compute(same, same, differenceInMeans.options.parse({})).reason).toBe(
    'no_variation',
  );
});

it('solves what can be solved of a system', () => {
  expect(
    solveSymmetric(
      [
        [4, 2],
        [2, 3],
      ],
      [2, 1],
    ),
  ).toEqual({ x: [0.5, 0], used: [true, true] });
  const { x, used } = solveSymmetric(
    [
      [0, 0, 0],
      [0, 2, 4],
      [0, 4, 8],
    ],
    [0, 1, 2],
  );
  expect(used).toEqual([false, true, false]);
  expect(x[1]).toBeCloseTo(0.5, 12);
  expect([x[0], x[2]]).toEqual([0, 0]);
});
