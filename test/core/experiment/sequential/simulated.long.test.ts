import { describe, expect, it } from 'vitest';
import { planFor } from '#core/experiment/sequential/operating.ts';
import { seededRandom } from '#models/maths/random.ts';
import { simulateLooks, simulateWatching } from '../../../support/trials/simulated-looks.ts';
import { simulationError } from '../../../support/trials/z-paths.ts';

const runs = 10_000;
const planned = [0.25, 0.5, 0.75, 1];
const table: Record<string, string | number>[] = [];
const note = (what: string, promised: number, found: number) => {
  table.push({ what, promised, found, error: Number(simulationError(promised, runs).toFixed(4)) });
};

/** One of a hundred schedules: fewer and more looks than planned, at odd shares, ending under or over the plan. */
const drawn = seededRandom(99);
const schedules = Array.from({ length: 100 }, () => {
  const all = Array.from({ length: 1 + Math.floor(drawn() * 6) }, () => Math.ceil(drawn() * 17) / 20);
  return [...new Set(all)].sort((one, other) => one - other).concat(0.85 + Math.ceil(drawn() * 8) / 20);
});
const uneven = (random: () => number): readonly number[] => schedules[Math.floor(random() * 100)] ?? [1];
const many = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);

describe('10,000 simulated trials', () => {
  const spendings = [
    { kind: 'obrien_fleming' },
    { kind: 'pocock' },
    { kind: 'power', rho: 2 },
    { kind: 'hwang_shih_decani', gamma: -4 },
  ] as const;

  it.each(
    spendings.flatMap((spending) =>
      ([1, 2] as const).flatMap((sided) => [
        { spending, sided, name: 'as planned', looks: () => planned },
        { spending, sided, name: 'twenty looks', looks: () => many },
        { spending, sided, name: 'uneven, fewer, more, over the plan', looks: uneven },
      ]),
    ),
  )('keep alpha: $spending.kind, $sided sided, $name', ({ spending, sided, name, looks }) => {
    const plan = { alpha: 0.05, sided, spending, planned };
    const ended = simulateLooks({ runs, seed: 100 + sided, drift: 0, plan, looks });
    const found = sided === 2 ? ended.upper + ended.lower : ended.upper;
    note(`false alarms, ${spending.kind}, ${sided}-sided, ${name}`, 0.05, found);
    expect(Math.abs(found - 0.05)).toBeLessThan(simulationError(0.05, runs));
    expect(ended.repeated).toBeGreaterThan(0.95 - simulationError(0.05, runs));
  });

  it.each([true, false])(
    'futility, binding %s: power, and false alarms where it is not heeded',
    (binding) => {
      const spending = { kind: 'obrien_fleming' } as const;
      const base = { alpha: 0.05, sided: 2, spending, planned } as const;
      const { drift } = planFor({ ...base, shape: spending, information: planned }, 0.8, {
        spending,
        binding,
      });
      const futility = { beta: 0.2, spending, drift, binding };
      const given = { runs, seed: 12, plan: { ...base, futility }, looks: () => planned };
      const power = simulateLooks({ ...given, drift }).upper;
      note(`power, futility binding ${binding}`, 0.8, power);
      expect(Math.abs(power - 0.8)).toBeLessThan(simulationError(0.8, runs));
      const [heeded, passed] = [false, true].map((ignoringFutility) => {
        const { upper, lower } = simulateLooks({ ...given, drift: 0, ignoringFutility });
        return upper + lower;
      });
      note(`false alarms, futility binding ${binding}, heeded`, 0.05, heeded ?? 1);
      note(`false alarms, futility binding ${binding}, passed over`, 0.05, passed ?? 1);
      expect(heeded).toBeLessThan(0.05 + simulationError(0.05, runs));
      if (!binding) expect(passed).toBeLessThan(0.05 + simulationError(0.05, runs));
    },
  );

  it.each([0, 1.5, 3])('estimate and interval after the end, drift %f', (drift) => {
    const spending = { kind: 'obrien_fleming' } as const;
    const plan = { alpha: 0.05, sided: 2, spending, planned } as const;
    const some = 600;
    const ended = simulateLooks({ runs: some, seed: 13, drift, plan, looks: () => planned, after: true });
    table.push({
      what: `interval after the end holds the truth, drift ${drift}`,
      promised: 0.95,
      found: ended.after,
      error: Number(simulationError(0.95, some).toFixed(4)),
    });
    table.push({
      what: `estimate after the end above the truth, drift ${drift}`,
      promised: 0.5,
      found: ended.above,
      error: Number(simulationError(0.5, some).toFixed(4)),
    });
    expect(Math.abs(ended.after - 0.95)).toBeLessThan(simulationError(0.95, some));
    expect(Math.abs(ended.above - 0.5)).toBeLessThan(simulationError(0.5, some));
  });

  it('a confidence sequence watched after every twenty people', () => {
    const told = simulateWatching({
      runs: 2000,
      seed: 14,
      people: 20_000,
      from: 200,
      every: 20,
      alpha: 0.05,
    });
    table.push({
      what: 'confidence sequence ever leaves out 0 (at most)',
      promised: 0.05,
      found: told.sequence,
      error: Number(simulationError(0.05, 2000).toFixed(4)),
    });
    table.push({
      what: 'fixed test watched alike ever rejects',
      promised: 0.05,
      found: told.fixed,
      error: Number(simulationError(0.05, 2000).toFixed(4)),
    });
    expect(told.sequence).toBeLessThan(0.05 + simulationError(0.05, 2000));
    expect(told.fixed).toBeGreaterThan(0.3);
  });

  it('prints what was found', () => {
    expect(table.length).toBeGreaterThan(20);
    console.table(table);
  });
});
