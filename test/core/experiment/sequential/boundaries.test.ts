import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaries, type Shape } from '#core/experiment/sequential/boundaries.ts';
import { driftFor, operating, planFor } from '#core/experiment/sequential/operating.ts';
import { normalCdf, normalQuantile } from '#core/stats/distributions/normal.ts';

const shapes: Shape[] = [
  { kind: 'obrien_fleming' },
  { kind: 'pocock' },
  { kind: 'power', rho: 2 },
  { kind: 'hwang_shih_decani', gamma: -4 },
  { kind: 'wang_tsiatis', delta: 0 },
  { kind: 'wang_tsiatis', delta: 0.5 },
  { kind: 'haybittle_peto', z: 3 },
];

/** Looks at uneven shares of information, the last at all of it. */
const unequal = fc
  .uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 0, maxLength: 6 })
  .map((shares) => [...shares.sort((a, b) => a - b).map((share) => share / 100), 1]);
const sides = fc.constantFrom<1 | 2>(1, 2);

describe('bounds of looks', () => {
  it.each(shapes)('spend exactly alpha over any looks: %j', (shape) => {
    fc.assert(
      fc.property(unequal, sides, (information, sided) => {
        const found = boundaries({ alpha: 0.05, sided, shape, information });
        const { upper, lower } = operating(found, 0);
        const sum = [...upper, ...lower].reduce((all, one) => all + one, 0);
        // Haybittle–Peto with many looks may leave less than nothing to the last: it then spends a little more.
        if (found.every((one) => Number.isFinite(one.upper))) expect(Math.abs(sum - 0.05)).toBeLessThan(1e-7);
        expect(found.at(-1)?.spent).toBeCloseTo(0.05, 7);
      }),
      { seed: 4, numRuns: 25 },
    );
  });

  it('one look is the fixed test', () => {
    for (const shape of shapes) {
      const [only] = boundaries({ alpha: 0.05, sided: 2, shape, information: [1] });
      expect(only?.upper).toBeCloseTo(normalQuantile(0.975), 9);
      expect(only?.lower).toBeCloseTo(-normalQuantile(0.975), 9);
    }
  });

  it('a trial past its plan spends no more than is left, by what it really has', () => {
    const plan = { alpha: 0.05, sided: 2, shape: { kind: 'obrien_fleming' } } as const;
    const over = boundaries({ ...plan, information: [0.5, 1.3] });
    const { upper, lower } = operating(over, 0);
    expect([...upper, ...lower].reduce((all, one) => all + one, 0)).toBeCloseTo(0.05, 7);
    const early = boundaries({ ...plan, information: [0.5, 0.9], complete: true });
    expect(early.at(-1)?.spent).toBeCloseTo(0.05, 9);
    expect(boundaries({ ...plan, information: [0.5, 0.9] }).at(-1)?.spent).toBeLessThan(0.045);
  });

  it('looks close together and many are still exact', () => {
    const information = Array.from({ length: 120 }, (_, i) => (i + 1) / 120);
    const found = boundaries({ alpha: 0.05, sided: 2, shape: { kind: 'pocock' }, information });
    const { upper, lower } = operating(found, 0);
    expect([...upper, ...lower].reduce((all, one) => all + one, 0)).toBeCloseTo(0.05, 7);
    const fast = [0.5, 0.5001, 0.5002, 1];
    const near = operating(
      boundaries({ alpha: 0.05, sided: 2, shape: { kind: 'pocock' }, information: fast }),
      0,
    );
    expect([...near.upper, ...near.lower].reduce((all, one) => all + one, 0)).toBeCloseTo(0.05, 5);
  });

  it('refuses shares that do not ascend', () => {
    for (const information of [[0.5, 0.5], [0.6, 0.4], [0], [-0.1, 1], [Number.NaN]])
      expect(() => boundaries({ alpha: 0.05, sided: 2, shape: { kind: 'pocock' }, information })).toThrow(
        RangeError,
      );
  });
});

describe('futility', () => {
  const plan = {
    alpha: 0.05,
    sided: 2,
    shape: { kind: 'obrien_fleming' },
    information: [0.3, 0.6, 0.8, 1],
  } as const;
  const spending = { kind: 'obrien_fleming' } as const;

  it('that does not bind leaves the other bounds alone and ends the trial at its last look', () => {
    const without = boundaries(plan);
    const { bounds } = planFor(plan, 0.8, { spending, binding: false });
    expect(bounds.map((one) => one.upper)).toEqual(without.map((one) => one.upper));
    expect(bounds.at(-1)?.futility).toBe(bounds.at(-1)?.upper);
    const ascending = bounds.map((one) => one.futility ?? Number.NaN);
    expect(ascending).toEqual([...ascending].sort((a, b) => a - b));
  });

  it('that binds buys lower bounds, and is paid for when it is not heeded', () => {
    const { bounds } = planFor({ ...plan, sided: 1 }, 0.8, { spending, binding: true });
    const free = boundaries({ ...plan, sided: 1 });
    expect(bounds.at(-1)?.upper ?? 9).toBeLessThan(free.at(-1)?.upper ?? 0);
    expect(operating(bounds, 0).power).toBeCloseTo(0.05, 6);
    expect(operating(bounds, 0, false).power).toBeGreaterThan(0.0505);
  });

  it.each([true, false])('the plan has the power it was asked for, binding %s', (binding) => {
    const { bounds, drift, inflation, expected } = planFor(plan, 0.8, { spending, binding });
    const ends = operating(bounds, drift);
    expect(ends.power).toBeCloseTo(0.8, 7);
    const missed = [...ends.futile, ...ends.lower].reduce((all, one) => all + one, 0);
    expect(missed).toBeCloseTo(0.2, 4);
    expect(inflation).toBeGreaterThan(1);
    expect(expected.none).toBeLessThan(boundaries(plan).length);
    expect(expected.none).toBeLessThan(expected.planned);
  });
});

it('power of one look is the normal one, and the drift for a power gives it back', () => {
  const one = boundaries({ alpha: 0.05, sided: 2, shape: { kind: 'pocock' }, information: [1] });
  expect(operating(one, 2.8).power).toBeCloseTo(normalCdf(2.8 - normalQuantile(0.975)), 9);
  expect(driftFor(one, 0.8)).toBeCloseTo(normalQuantile(0.975) + normalQuantile(0.8), 7);
});
