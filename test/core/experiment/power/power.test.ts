import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelOf } from '#core/experiment/many/levels.ts';
import { type Comparison, powerFor } from '#core/experiment/power/comparison.ts';
import type { Outcome } from '#core/experiment/power/outcome.ts';
import { peopleFor, smallestEffect } from '#core/experiment/power/solve.ts';

const share = (rate: number): Outcome => ({ kind: 'proportion', rate });
const given: Comparison = { controlN: 4000, armN: 2500, outcome: share(0.3), alpha: 0.025 };
const level = fc.double({ min: 0.02, max: 0.9, noNaN: true });
const spread = fc.double({ min: 0.1, max: 50, noNaN: true });
const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({
    kind: fc.constant('proportion' as const),
    rate: level,
    variance: fc.constantFrom(
      'null_pooled' as const,
      'unpooled' as const,
      'restricted' as const,
      'arcsine' as const,
    ),
  }),
  fc.record({
    kind: fc.constantFrom('mean' as const, 'ratio' as const, 'quantile' as const, 'count' as const),
    mean: level,
    variance: spread,
  }),
);
const comparisons = fc.record({
  controlN: fc.integer({ min: 50, max: 1e6 }),
  armN: fc.integer({ min: 50, max: 1e6 }),
  outcome: outcomes,
  designEffect: fc.double({ min: 1, max: 4, noNaN: true }),
  inflation: fc.double({ min: 1, max: 1.4, noNaN: true }),
  alpha: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
  covariateR2: fc.double({ min: 0, max: 0.8, noNaN: true }),
});

/** Uniform numbers from a seed (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('power', () => {
  it('is the error alone where there is no effect', () => {
    expect(powerFor(0, given)).toBeCloseTo(given.alpha, 10);
  });

  it('agrees with trials drawn at random', () => {
    const random = uniform(20_261_121);
    const [n, m, p, effect] = [900, 600, 0.3, 0.06];
    const draw = (people: number, rate: number) => {
      let events = 0;
      for (let i = 0; i < people; i++) if (random() < rate) events++;
      return events;
    };
    let found = 0;
    const trials = 4000;
    for (let trial = 0; trial < trials; trial++) {
      const [a, b] = [draw(n, p) / n, draw(m, p + effect) / m];
      const shared = (a * n + b * m) / (n + m);
      const z = (b - a) / Math.sqrt(shared * (1 - shared) * (1 / n + 1 / m));
      if (Math.abs(z) > 1.959964) found++;
    }
    const expected = powerFor(effect, { controlN: n, armN: m, outcome: share(p), alpha: 0.05 });
    expect(Math.abs(found / trials - expected)).toBeLessThan(
      3.5 * Math.sqrt((expected * (1 - expected)) / trials),
    );
  });

  it('finds the effect that has the power asked for', () => {
    fc.assert(
      fc.property(comparisons, fc.double({ min: 0.55, max: 0.95, noNaN: true }), (comparison, power) => {
        const effect = smallestEffect(power, comparison);
        if (effect !== null) expect(powerFor(effect, comparison)).toBeCloseTo(power, 6);
      }),
      { seed: 1 },
    );
  });

  it('grows with people and with what the covariate explains', () => {
    fc.assert(
      fc.property(comparisons, fc.double({ min: 0.001, max: 0.05, noNaN: true }), (comparison, effect) => {
        const more = { ...comparison, armN: comparison.armN * 2, controlN: comparison.controlN * 2 };
        const sharper = { ...comparison, covariateR2: comparison.covariateR2 + 0.1 };
        expect(powerFor(effect, more)).toBeGreaterThanOrEqual(powerFor(effect, comparison) - 1e-12);
        expect(powerFor(effect, sharper)).toBeGreaterThanOrEqual(powerFor(effect, comparison) - 1e-12);
      }),
      { seed: 2 },
    );
  });

  it('gives the people an effect needs, and one person fewer is too few', () => {
    const shares = { control: 1 / 3, arm: 1 / 3 };
    const rest = { outcome: share(0.3), alpha: 0.025, covariateR2: 0.2 };
    const people = peopleFor(0.02, 0.8, shares, rest)!;
    const at = (n: number) => powerFor(0.02, { ...rest, controlN: n / 3, armN: n / 3 });
    expect(at(people)).toBeGreaterThanOrEqual(0.8);
    expect(at(people - 1)).toBeLessThan(0.8);
  });

  it('knows when nothing can be seen', () => {
    expect(smallestEffect(0.8, { ...given, controlN: 2, armN: 2, outcome: share(0.9) })).toBeNull();
    expect(smallestEffect(0.8, { ...given, armN: 0 })).toBeNull();
    expect(peopleFor(0.02, 0.8, { control: 0, arm: 1 }, { outcome: share(0.3), alpha: 0.05 })).toBeNull();
  });

  it.each([
    ['none' as const, 2, 0.05],
    ['holm' as const, 2, 0.025],
    ['holm' as const, 1, 0.05],
  ])('leaves %s over %d comparisons an alpha of %d', (correction, comparisons, alpha) => {
    const arms = Array<number>(comparisons).fill(1);
    expect(levelOf({ alpha: 0.05, correction, control: 1, arms, looks: 1 })).toBe(alpha);
  });
});
