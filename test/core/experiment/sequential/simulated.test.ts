import { describe, expect, it } from 'vitest';
import { planFor } from '#core/experiment/sequential/operating.ts';
import { seededRandom } from '#models/maths/random.ts';
import { simulateLooks, simulateWatching } from '../../../support/trials/simulated-looks.ts';
import { simulationError } from '../../../support/trials/z-paths.ts';

const runs = 3000;
const planned = [0.25, 0.5, 0.75, 1];
const plan = { alpha: 0.05, sided: 2, spending: { kind: 'obrien_fleming' }, planned } as const;

/** Looks that come when they come: one of thirty schedules of more or fewer than planned, ending under or over the plan. */
const drawn = seededRandom(77);
const schedules = Array.from({ length: 30 }, () => {
  const all = Array.from({ length: 2 + Math.floor(drawn() * 4) }, () => Math.ceil(drawn() * 8) / 10);
  return [...new Set(all)].sort((a, b) => a - b).concat(0.9 + Math.ceil(drawn() * 3) / 10);
});
const odd = (random: () => number): readonly number[] => schedules[Math.floor(random() * 30)] ?? [1];

describe('simulated looks keep what they promise', () => {
  it.each([
    ['as planned', () => planned],
    ['at odd times', odd],
  ])('false alarms, and intervals that hold together: %s', (_, looks) => {
    for (const kind of ['obrien_fleming', 'pocock'] as const) {
      const ended = simulateLooks({ runs, seed: 8, drift: 0, plan: { ...plan, spending: { kind } }, looks });
      expect(Math.abs(ended.upper + ended.lower - 0.05)).toBeLessThan(simulationError(0.05, runs));
      expect(ended.repeated).toBeGreaterThan(0.95 - simulationError(0.05, runs));
    }
  });

  it('power, with and without heed of futility that does not bind', () => {
    const spending = plan.spending;
    const { drift } = planFor({ ...plan, shape: spending, information: planned }, 0.8, {
      spending,
      binding: false,
    });
    const futility = { beta: 0.2, spending, drift, binding: false };
    const given = { runs, seed: 9, plan: { ...plan, futility }, looks: () => planned };
    expect(Math.abs(simulateLooks({ ...given, drift }).upper - 0.8)).toBeLessThan(simulationError(0.8, runs));
    const ignored = simulateLooks({ ...given, drift: 0, ignoringFutility: true });
    expect(ignored.upper + ignored.lower).toBeLessThan(0.05 + simulationError(0.05, runs));
    expect(simulateLooks({ ...given, drift: 0 }).futile).toBeGreaterThan(0.8);
  });

  it('estimate and interval after the end', () => {
    const ended = simulateLooks({ runs: 100, seed: 10, drift: 2.5, plan, looks: () => planned, after: true });
    expect(ended.after).toBeGreaterThan(0.95 - simulationError(0.05, 100));
    expect(Math.abs(ended.above - 0.5)).toBeLessThan(simulationError(0.5, 100));
  });

  it('a confidence sequence may be watched without end; a fixed test may not', () => {
    const told = simulateWatching({
      runs: 300,
      seed: 11,
      people: 20_000,
      from: 200,
      every: 100,
      alpha: 0.05,
    });
    expect(told.sequence).toBeLessThan(0.05 + simulationError(0.05, 300));
    expect(told.fixed).toBeGreaterThan(0.2);
  });
});
