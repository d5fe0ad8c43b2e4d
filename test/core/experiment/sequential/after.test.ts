import { describe, expect, it } from 'vitest';
import { afterStopping } from '#core/experiment/sequential/after.ts';
import { boundaries } from '#core/experiment/sequential/boundaries.ts';
import { repeatedInterval, repeatedP } from '#core/experiment/sequential/repeated.ts';
import { normalTwoSided } from '#core/stats/distributions/normal.ts';

const plan = { sided: 2, shape: { kind: 'obrien_fleming' }, information: [0.25, 0.5, 0.75, 1] } as const;
const bounds = boundaries({ ...plan, alpha: 0.05 });

describe('after stopping', () => {
  it('one look has the usual p-value, estimate and interval', () => {
    const found = afterStopping(boundaries({ ...plan, information: [1], alpha: 0.05 }), 2.2, 0.95);
    expect(found.pValue).toBeCloseTo(normalTwoSided(2.2), 8);
    expect(found.drift).toBeCloseTo(2.2, 7);
    expect(found.lower).toBeCloseTo(2.2 - 1.959964, 5);
    expect(found.upper).toBeCloseTo(2.2 + 1.959964, 5);
  });

  it.each([0, 1, 2, 3])('z on the bound of look %i has the p-value spent by then', (i) => {
    const made = bounds.slice(0, i + 1);
    const { pValue, lower } = afterStopping(made, made[i]?.upper ?? 0, 0.95);
    expect(pValue).toBeCloseTo(made[i]?.spent ?? 0, 7);
    if (i === 3) expect(lower).toBeCloseTo(0, 5);
    else expect(lower).toBeGreaterThan(0);
  });

  it('turns with the sign of z', () => {
    const [up, down] = [
      afterStopping(bounds.slice(0, 3), 2.6, 0.9),
      afterStopping(bounds.slice(0, 3), -2.6, 0.9),
    ];
    expect(down.pValue).toBeCloseTo(up.pValue, 6);
    expect(down.drift).toBeCloseTo(-up.drift, 4);
    expect(down.lower).toBeCloseTo(-up.upper, 4);
  });

  it('shrinks the estimate of a trial that stopped for it', () => {
    const z = 2.6;
    const naive = z / Math.sqrt(0.75);
    expect(afterStopping(bounds.slice(0, 3), z, 0.95).drift).toBeLessThan(naive);
  });
});

describe('what a look may show', () => {
  it('leaves out 0 exactly when it crosses, as its p-value says', () => {
    const z = [1.2, 2.9, 2.5, -2.1];
    const p = repeatedP(plan, z);
    z.forEach((value, i) => {
      const { lower, upper } = repeatedInterval(bounds[i]!, value * 0.01, 0.01);
      const outside = (lower ?? 0) > 0 || (upper ?? 0) < 0;
      expect(outside).toBe((p[i] ?? 1) < 0.05);
    });
    expect(
      repeatedP(
        plan,
        bounds.map(({ upper }) => upper),
      ).map((one) => one.toFixed(6)),
    ).toEqual(Array(4).fill('0.050000'));
  });

  it('has no ends where nothing is spent yet', () => {
    const [first] = boundaries({
      ...plan,
      shape: { kind: 'given', cumulative: [0, 0.01, 0.02, 0.025] },
      alpha: 0.05,
    });
    expect(repeatedInterval(first!, 0.1, 0.01)).toEqual({ estimate: 0.1, lower: null, upper: null });
  });

  it('p-values of one look are the fixed ones, one-sided too', () => {
    expect(repeatedP({ ...plan, information: [1] }, [2.2])[0]).toBeCloseTo(normalTwoSided(2.2), 6);
    expect(repeatedP({ ...plan, information: [1] }, [0])[0]).toBeGreaterThan(0.99);
    expect(repeatedP({ ...plan, sided: 1, information: [1] }, [1.645])[0]).toBeCloseTo(0.05, 4);
  });
});
