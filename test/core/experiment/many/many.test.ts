import { describe, expect, it } from 'vitest';
import { intervalOfAdjusted } from '#core/experiment/many/adjusted-interval.ts';
import { gateKept } from '#core/experiment/many/gate-keeping.ts';
import { benjaminiHochberg, bonferroni, hochberg, holm, twoStage } from '#core/stats/multiplicity.ts';
import { seededRandom } from '#models/maths/random.ts';
import { simulationError } from '../../../support/trials/z-paths.ts';

describe('primary first, then secondary', () => {
  it('never counts a secondary comparison before all primary ones', () => {
    const [primary, secondary, third] = gateKept([[0.01, 0.2], [0.001, 0.03], [0.0001]]);
    expect(primary).toEqual([0.02, 0.2]);
    expect(secondary).toEqual([0.2, 0.2]);
    expect(third).toEqual([0.2]);
    expect(gateKept([[], [0.02, 0.5]])[1]).toEqual([0.04, 0.5]);
    expect(gateKept([[0.001], [0.03, 0.01]])[1]).toEqual([0.03, 0.02]);
  });

  it('keeps the family-wise error whichever family has an effect', () => {
    const random = seededRandom(3);
    const runs = 4000;
    let [none, some] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const p = () => random();
      if (
        gateKept([
          [p(), p()],
          [p(), p(), p()],
        ])
          .flat()
          .some((one) => one <= 0.05)
      )
        none++;
      if (
        gateKept([
          [0, 0],
          [p(), p(), p()],
        ])[1]?.some((one) => one <= 0.05)
      )
        some++;
    }
    expect(none / runs).toBeLessThan(0.05 + simulationError(0.05, runs));
    expect(some / runs).toBeLessThan(0.05 + simulationError(0.05, runs));
    expect(some / runs).toBeGreaterThan(0.03);
  });
});

describe('several p-values', () => {
  it('come back in the order given, none smaller than it was, by ever kinder rules', () => {
    const p = [0.02, 0.5, 0.001, 0.04, 0.03];
    const [first, second, third, fourth] = [bonferroni, holm, hochberg, benjaminiHochberg].map((adjust) =>
      adjust(p),
    );
    p.forEach((value, i) => {
      expect(second?.[i]).toBeLessThanOrEqual(first?.[i] ?? 0);
      expect(third?.[i]).toBeLessThanOrEqual(second?.[i] ?? 0);
      expect(fourth?.[i]).toBeLessThanOrEqual(third?.[i] ?? 0);
      expect(fourth?.[i]).toBeGreaterThanOrEqual(value);
    });
    for (const adjust of [bonferroni, holm, hochberg, benjaminiHochberg]) expect(adjust([])).toEqual([]);
    expect(twoStage([0.001, 0.002], 0.05).every((value) => value < 0.05)).toBe(true);
    for (const value of twoStage([0.6, 0.9], 0.05)) expect(value).toBeCloseTo(0.945, 12);
  });
});

it('an interval agrees with its p-value, or there is none', () => {
  expect(intervalOfAdjusted(0, 0.3, 0.05)).toBeNull();
  expect(intervalOfAdjusted(0.2, 1, 0.05)).toBeNull();
  expect(intervalOfAdjusted(0.2, 0, 0.05)).toBeNull();
  expect(intervalOfAdjusted(-0.2, 0.04, 0.05)?.upper).toBeLessThan(0);
  expect(intervalOfAdjusted(-0.2, 0.06, 0.05)?.upper).toBeGreaterThan(0);
});
