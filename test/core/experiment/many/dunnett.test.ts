import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dunnett, dunnettLimit, withinAll } from '#core/experiment/many/dunnett.ts';
import { normalQuantile, normalTwoSided } from '#core/stats/distributions/normal.ts';
import { holm } from '#core/stats/multiplicity.ts';
import { seededRandom } from '#models/maths/random.ts';
import { normals, simulationError } from '../../../support/trials/z-paths.ts';

const even = (arms: number) => ({ control: 1, arms: Array<number>(arms).fill(1) });

describe('Dunnett', () => {
  // Dunnett (1964), Biometrics 20:482, tables 1 and 2, infinite degrees of freedom.
  it.each([
    [1, 'greater', 1.64],
    [2, 'greater', 1.92],
    [3, 'greater', 2.06],
    [4, 'greater', 2.16],
    [9, 'greater', 2.42],
    [1, 'two', 1.96],
    [2, 'two', 2.21],
    [3, 'two', 2.35],
    [4, 'two', 2.44],
    [9, 'two', 2.69],
  ] as const)('limit of %i arms, %s, is the printed %f', (arms, sided, printed) => {
    expect(dunnettLimit(0.05, { ...even(arms), sided })).toBeCloseTo(printed, 2);
  });

  it('of arms of unlike size equals the multivariate normal of scipy 1.17', () => {
    const given = { control: 1, arms: [1, 2, 0.5], sided: 'two' } as const;
    const found = dunnett([2.3, 1.9, 0.2], given);
    expect(found.map((p) => p.toFixed(4))).toEqual(['0.0567', '0.1045', '0.8415']);
  });

  it('of one arm is the plain test, and of a control known exactly is Šidák', () => {
    expect(dunnett([-2.1], { ...even(1), sided: 'two' })[0]).toBeCloseTo(normalTwoSided(2.1), 10);
    const exact = dunnettLimit(0.05, { control: 0, arms: [1, 1, 1], sided: 'two' });
    expect(exact).toBeCloseTo(normalQuantile(1 - (1 - 0.95 ** (1 / 3)) / 2), 8);
  });

  it('holds where arms are a thousand times surer than control', () => {
    const within = withinAll(1.959964, { control: 1, arms: [1e-6, 1e-6], sided: 'two' });
    expect(within).toBeLessThan(0.95);
    expect(within).toBeGreaterThan(0.949);
  });

  it('is never behind Holm, nor its steps behind its single step, and less mirrors greater', () => {
    const z = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(z, fc.constantFrom(0.3, 1, 4), (values, size) => {
        const given = { control: 1, arms: values.map((_, i) => size + i), sided: 'two' } as const;
        const [down, single] = [dunnett(values, given), dunnett(values, given, 'single')];
        const byHolm = holm(values.map(normalTwoSided));
        down.forEach((p, i) => {
          expect(p).toBeLessThanOrEqual((single[i] ?? 1) + 1e-9);
          expect(p).toBeLessThanOrEqual((byHolm[i] ?? 1) + 1e-9);
        });
        const less = dunnett(
          values.map((value) => -value),
          { ...given, sided: 'less' },
        );
        expect(less).toEqual(dunnett(values, { ...given, sided: 'greater' }));
      }),
      { seed: 6, numRuns: 40 },
    );
  });

  it('keeps the family-wise error of three arms against a control of another size', () => {
    const runs = 4000;
    const normal = normals(seededRandom(17));
    const given = { control: 0.5, arms: [1, 2, 1], sided: 'two' } as const;
    const limit = dunnettLimit(0.05, given);
    let found = 0;
    for (let run = 0; run < runs; run++) {
      const control = Math.sqrt(given.control) * normal();
      const z = given.arms.map(
        (arm) => (Math.sqrt(arm) * normal() - control) / Math.sqrt(arm + given.control),
      );
      if (z.some((value) => Math.abs(value) > limit)) found++;
    }
    expect(Math.abs(found / runs - 0.05)).toBeLessThan(simulationError(0.05, runs));
  });
});
