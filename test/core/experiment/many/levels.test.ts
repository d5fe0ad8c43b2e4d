import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correctedOver, type Family, familyError, levelOf } from '#core/experiment/many/levels.ts';
import { judge } from '#core/experiment/results/judge.ts';
import type { JudgedPlan } from '#core/experiment/results/judgement.ts';
import { seededRandom } from '#models/maths/random.ts';
import { normals, simulationError } from '../../../support/trials/z-paths.ts';

const family = (correction: Family['correction'], arms: number[], looks = 1): Family => ({
  alpha: 0.05,
  correction,
  control: 1,
  arms,
  looks,
});

describe('the level left to each of several arms', () => {
  it('is alpha alone, its part, Dunnett’s at one look and Šidák’s over several', () => {
    expect(levelOf(family('none', [1, 1, 1]))).toBe(0.05);
    expect(levelOf(family('holm', [1, 1]))).toBe(0.025);
    // Two-sided limit of 2.212 standard errors (Dunnett 1964).
    expect(levelOf(family('dunnett', [1, 1]))).toBeCloseTo(0.02696, 4);
    expect(levelOf(family('dunnett', [1, 1], 3))).toBeCloseTo(1 - Math.sqrt(0.95), 12);
    expect(levelOf(family('dunnett', [1]))).toBe(0.05);
  });

  it('is never behind that of Holm', () => {
    const arms = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(arms, fc.constantFrom(1, 4), (weights, looks) => {
        expect(levelOf(family('dunnett', weights, looks))).toBeGreaterThan(0.05 / weights.length);
      }),
      { numRuns: 30 },
    );
  });

  it('tells in advance how often anybody cries wolf', () => {
    expect(familyError(family('holm', [1, 1]))).toBe(0.05);
    expect(familyError(family('none', [1]))).toBe(0.05);
    const three = familyError(family('none', [1, 1, 1]));
    expect(three).toBeGreaterThan(0.1);
    expect(three).toBeLessThan(1 - 0.95 ** 3);
  });
});

it('corrected p-values are under alpha exactly for the arms that stepping down tells apart', () => {
  const ps = fc.array(
    fc.double({ min: 1e-6, max: 1, noNaN: true }).map((p) => p * p),
    { minLength: 1, maxLength: 4 },
  );
  const correction = fc.constantFrom('none' as const, 'holm' as const, 'dunnett' as const);
  fc.assert(
    fc.property(ps, correction, fc.constantFrom(1, 3), (p, how, looks) => {
      const weights = p.map((_, i) => 1 + i);
      let left = p.map((_, i) => i);
      for (let before = -1; before !== left.length && left.length > 0; ) {
        before = left.length;
        const level = levelOf(
          family(
            how,
            left.map((i) => weights[i]!),
            looks,
          ),
        );
        left = left.filter((i) => p[i]! >= level);
      }
      const corrected = correctedOver(p, family(how, weights, looks));
      expect(corrected.map((one) => one >= 0.05)).toEqual(p.map((_, i) => left.includes(i)));
    }),
    { numRuns: 100 },
  );
});

it('Dunnett keeps alpha over five looks at three arms that share a control', () => {
  const arms = ['a', 'b', 'c'];
  const plan: JudgedPlan = {
    control: 'zero',
    arms,
    better: 'higher',
    margin: 1e-9,
    alpha: 0.05,
    power: 0.8,
    correction: 'dunnett',
    inference: 'group_sequential',
    spending: 'pocock',
    futility: false,
    pairPeople: 1000,
    looks: [1, 2, 3, 4, 5].map((i) => ({ on: `2026-12-0${i}`, information: i / 5 })),
  };
  const normal = normals(seededRandom(41));
  const trials = 3000;
  let alarms = 0;
  for (let trial = 0; trial < trials; trial++) {
    const walks = [0, 0, 0, 0];
    const looks = plan.looks.map(({ information }, i) => {
      walks.forEach((_, arm) => {
        walks[arm]! += normal();
      });
      const compared = arms.map((arm, a) => ({
        arm,
        n: 100,
        controlN: 100,
        estimate: (walks[a + 1]! - walks[0]!) / Math.sqrt(2 * (i + 1)),
        standardError: 1,
      }));
      return { information, compared };
    });
    const said = judge(plan, { asOf: '2026-12-31', started: true, looks }, { pValues: false });
    if (said.arms.some(({ kind }) => kind === 'better' || kind === 'worse')) alarms++;
  }
  expect(alarms / trials).toBeLessThan(0.05 + simulationError(0.05, trials));
  expect(alarms / trials).toBeGreaterThan(0.03);
});
