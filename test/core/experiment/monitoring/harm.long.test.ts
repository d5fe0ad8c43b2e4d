import { describe, expect, it } from 'vitest';
import { harmAlpha, harmInflation } from '#core/experiment/monitoring/harm.ts';
import { smallestEffect } from '#core/experiment/power/solve.ts';
import { seededRandom } from '#models/maths/random.ts';
import { stopped } from '../../../support/experiments/harm-trial.ts';
import { simulationError } from '../../../support/trials/z-paths.ts';

const base = {
  armPeople: 100,
  controlPeople: 100,
  entryDays: 14,
  windowDays: 30,
  risk: 0.02,
  ratio: 1,
  alpha: harmAlpha,
};
const table: Record<string, string | number>[] = [];

describe('daily watch for harm, many times', () => {
  it.each([
    ['very rare events', { ...base, armPeople: 50, controlPeople: 50, risk: 0.002 }, 10_000],
    ['rare events', { ...base, armPeople: 50, controlPeople: 50 }, 10_000],
    ['rare events, control three times as large', { ...base, armPeople: 40, controlPeople: 120 }, 10_000],
    [
      'rare events, half the error',
      { ...base, armPeople: 50, controlPeople: 50, alpha: harmAlpha / 2 },
      10_000,
    ],
    ['exact, then normal', { ...base, armPeople: 200, controlPeople: 200 }, 2000],
    ['many events', { ...base, entryDays: 5, windowDays: 12, risk: 0.25 }, 2000],
  ])(
    'stops for nothing: %s',
    (name, given, runs) => {
      const { share } = stopped(given, runs, seededRandom(41));
      const error = simulationError(given.alpha, runs);
      table.push({ what: `false stops, ${name}`, promised: `≤ ${given.alpha}`, found: share, error, runs });
      expect(share).toBeLessThan(given.alpha + error);
    },
    1_200_000,
  );

  it.each([
    ['of 2 in 100', base],
    ['of 10 in 100', { ...base, risk: 0.1 }],
  ])(
    'notices the harm that the studio promises, on a base %s',
    (name, given) => {
      const people = given.armPeople * given.entryDays;
      const promised = smallestEffect(0.8, {
        outcome: { kind: 'proportion', rate: given.risk },
        controlN: people,
        armN: people,
        alpha: harmAlpha,
        sided: 'greater',
        inflation: harmInflation,
      });
      const runs = 1000;
      const ratio = (given.risk + (promised ?? 0)) / given.risk;
      const found = stopped({ ...given, ratio }, runs, seededRandom(42));
      table.push({
        what: `harm noticed ${name}, ratio ${ratio.toFixed(2)}`,
        promised: 0.8,
        found: found.share,
        error: simulationError(0.8, runs),
        runs,
      });
      table.push({
        what: `… on which day of ${given.entryDays + given.windowDays}`,
        promised: '',
        found: found.day,
        error: 0,
        runs,
      });
      expect(found.share).toBeGreaterThan(0.8 - simulationError(0.8, runs));
    },
    1_200_000,
  );

  it('prints what was found', () => {
    expect(table.length).toBeGreaterThan(6);
    console.table(table);
  });
});
