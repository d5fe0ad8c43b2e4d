import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atLeast, eventsInArm, momentsInArm } from '#core/experiment/monitoring/harm/harm-chances.ts';
import { harmAlpha, harmInflation, watchHarm } from '#core/experiment/monitoring/harm.ts';
import { smallestEffect } from '#core/experiment/power/solve.ts';
import { spentAt } from '#core/experiment/sequential/spending.ts';
import { seededRandom } from '#models/maths/random.ts';
import { harmDays, stopped, watchTrial } from '../../../support/experiments/harm-trial.ts';
import { simulationError } from '../../../support/trials/z-paths.ts';

const trial = {
  armPeople: 100,
  controlPeople: 100,
  entryDays: 14,
  windowDays: 30,
  risk: 0.02,
  ratio: 1,
  alpha: harmAlpha,
};
const stratum = fc
  .tuple(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 80 }), fc.nat(), fc.nat())
  .map(([armAtRisk, controlAtRisk, a, c]) => ({
    armAtRisk,
    controlAtRisk,
    armEvents: a % (armAtRisk + 1),
    controlEvents: c % (controlAtRisk + 1),
  }));

describe('events of a day that fall in the arm', () => {
  it('have the chances, mean and variance of draws without putting back', () => {
    fc.assert(
      fc.property(stratum, (one) => {
        const chances = eventsInArm(one);
        const { mean, variance } = momentsInArm(one);
        const first = chances.reduce((sum, p, x) => sum + p * x, 0);
        const second = chances.reduce((sum, p, x) => sum + p * (x - first) ** 2, 0);
        expect(atLeast(chances, 0)).toBeCloseTo(1, 10);
        expect(first).toBeCloseTo(mean, 8);
        expect(second).toBeCloseTo(variance, 7);
      }),
      { seed: 1 },
    );
  });

  it('equal Fisher’s test: 3 of 4 events among 10 and 10 people', () => {
    const chances = eventsInArm({ armAtRisk: 10, controlAtRisk: 10, armEvents: 3, controlEvents: 1 });
    expect(atLeast(chances, 3)).toBeCloseTo((120 * 10 + 210) / 4845, 12);
  });
});

describe('daily watch for harm', () => {
  it.each([
    ['rare events', { ...trial, risk: 0.004 }],
    ['some events', trial],
    ['many events', { ...trial, entryDays: 5, windowDays: 12, risk: 0.25 }],
    ['a control three times as large', { ...trial, controlPeople: 300 }],
    ['an arm twice as large, one wave', { ...trial, armPeople: 2000, controlPeople: 1000, entryDays: 1 }],
  ])('stops for nothing in at most one of ten: %s', (_, given) => {
    const runs = 120;
    const { share } = stopped(given, runs, seededRandom(21));
    expect(share).toBeLessThan(harmAlpha + simulationError(harmAlpha, runs));
  });

  it('stops for three times as many complaints, and sooner than the trial ends', () => {
    const found = stopped({ ...trial, ratio: 3 }, 100, seededRandom(22));
    expect(found.share).toBeGreaterThan(0.95);
    expect(found.day).toBeLessThan(30);
    expect(stopped({ ...trial, ratio: 0.5 }, 100, seededRandom(23)).share).toBeLessThan(0.05);
  });

  it('is exact while events are few, normal when they are many, and spends on as one', () => {
    const looks = watchTrial({ ...trial, armPeople: 200, controlPeople: 200, risk: 0.1 }, seededRandom(2));
    const methods = looks.map(({ method }) => method);
    expect(methods[0]).toBe('exact');
    expect(methods.at(-1)).toBe('normal');
    expect(methods.lastIndexOf('exact')).toBeLessThan(methods.indexOf('normal'));
    looks.forEach((look, i) => {
      expect(look.spent).toBeGreaterThanOrEqual(looks[i - 1]?.spent ?? 0);
      expect(look.spent).toBeLessThanOrEqual(spentAt({ kind: 'pocock' }, harmAlpha, look.day / 44) + 1e-9);
    });
  });

  it('notices as often as the studio counts on', () => {
    const people = trial.armPeople * trial.entryDays;
    const outcome = { kind: 'proportion', rate: trial.risk } as const;
    const given = { outcome, controlN: people, armN: people, alpha: harmAlpha, inflation: harmInflation };
    const promised = smallestEffect(0.8, { ...given, sided: 'greater' }) ?? 0;
    const runs = 150;
    const found = stopped({ ...trial, ratio: 1 + promised / trial.risk }, runs, seededRandom(24));
    expect(Math.abs(found.share - 0.8)).toBeLessThan(simulationError(0.8, runs));
  });

  it('a look never moves for what happens after it', () => {
    const days = harmDays(trial, seededRandom(6));
    const looks = watchHarm({ alpha: harmAlpha, days: 44, seen: days });
    const early = watchHarm({ alpha: harmAlpha, days: 44, seen: days.slice(0, 9) });
    expect(looks.slice(0, 9)).toEqual(early);
  });

  it('all of the first six events in one arm stop it, five do not', () => {
    const one = { armAtRisk: 500, armEvents: 1, controlAtRisk: 500, controlEvents: 0 };
    const seen = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, strata: [one] }));
    const looks = watchHarm({ alpha: harmAlpha, days: 44, seen });
    expect(looks.at(-1)).toMatchObject({ crossed: true, method: 'exact', controlEvents: 0 });
    expect(looks.length).toBeGreaterThan(4);
    expect(watchHarm({ alpha: harmAlpha, days: 44, seen: [] })).toEqual([]);
    const nobody = { armAtRisk: 0, armEvents: 0, controlAtRisk: 10, controlEvents: 2 };
    expect(watchHarm({ alpha: harmAlpha, days: 44, seen: [{ day: 1, strata: [nobody] }] })).toEqual([]);
  });
});
