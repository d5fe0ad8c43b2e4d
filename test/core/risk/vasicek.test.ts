import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselCorrelation, baselRiskWeight } from '#core/risk/basel.ts';
import { expectedShortfall } from '#core/risk/expected-shortfall.ts';
import { finiteQuantile } from '#core/risk/finite.ts';
import { everyYear } from '#core/risk/nodes.ts';
import { conditionalPd, vasicekCdf, vasicekDensity, vasicekQuantile } from '#core/risk/vasicek.ts';

const pd = fc.double({ min: 1e-4, max: 0.95, noNaN: true });
const rho = fc.double({ min: 0.005, max: 0.9, noNaN: true });
const level = fc.double({ min: 0.01, max: 0.9995, noNaN: true });

describe('Vasicek', () => {
  it('rises with the level, and its cdf undoes its quantile', () => {
    fc.assert(
      fc.property(pd, rho, level, level, (p, r, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        expect(vasicekQuantile(p, r, low)).toBeLessThanOrEqual(vasicekQuantile(p, r, high));
        const x = vasicekQuantile(p, r, a);
        if (x > 1e-12 && x < 1 - 1e-9) expect(vasicekCdf(p, r, x)).toBeCloseTo(a, 6);
      }),
    );
  });

  it('is the PD itself as the correlation goes to 0', () => {
    fc.assert(
      fc.property(pd, level, (p, q) => {
        expect(vasicekQuantile(p, 0, q)).toBe(p);
        expect(vasicekQuantile(p, 1e-12, q)).toBeCloseTo(p, 4);
      }),
    );
  });

  it('has the PD as its mean over all years', () => {
    const { z, weight } = everyYear();
    fc.assert(
      fc.property(pd, rho, (p, r) => {
        const mean = z.reduce((sum, point, i) => sum + weight[i]! * conditionalPd(p, r, point), 0);
        expect(mean).toBeCloseTo(p, 8);
      }),
    );
  });

  it('has a density that is the slope of its cdf', () => {
    fc.assert(
      fc.property(pd, fc.double({ min: 0.02, max: 0.8, noNaN: true }), level, (p, r, q) => {
        const x = vasicekQuantile(p, r, q);
        fc.pre(x > 1e-4 && x < 1 - 1e-4);
        const h = 1e-5 * Math.min(x, 1 - x);
        const slope = (vasicekCdf(p, r, x + h) - vasicekCdf(p, r, x - h)) / (2 * h);
        expect(vasicekDensity(p, r, x) / slope).toBeCloseTo(1, 4);
      }),
    );
    expect(vasicekDensity(0.1, 0.1, 0)).toBe(0);
    expect([
      vasicekCdf(0.1, 0.1, 0),
      vasicekCdf(0.1, 0.1, 1),
      vasicekCdf(0.1, 0, 0.05),
      vasicekCdf(0.1, 0, 0.1),
    ]).toEqual([0, 1, 0, 1]);
  });

  it('has a tail mean between its quantile and 1', () => {
    fc.assert(
      fc.property(pd, rho, level, (p, r, q) => {
        const tail = expectedShortfall(p, r, q);
        expect(tail).toBeGreaterThanOrEqual(vasicekQuantile(p, r, q) - 1e-12);
        expect(tail).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is what many equal accounts come to', () => {
    expect(finiteQuantile(100_000, 0.05, 0.1, 0.99) / 100_000).toBeCloseTo(
      vasicekQuantile(0.05, 0.1, 0.99),
      3,
    );
    expect(finiteQuantile(50, 0.1, 0, 0.95)).toBe(9);
    expect(finiteQuantile(1, 0.02, 0.1, 0.97)).toBe(0);
    expect(finiteQuantile(1, 0.02, 0.1, 0.99)).toBe(1);
  });

  it.each([0, 1, -0.1, 1.2, Number.NaN])('refuses a PD of %s, quoting it', (bad) => {
    expect(() => vasicekQuantile(bad, 0.1, 0.99)).toThrow(
      expect.objectContaining({ code: 'risk_pd_outside', details: { pd: String(bad) } }),
    );
  });

  it.each([1, -0.01, Number.NaN])('refuses a correlation of %s', (bad) => {
    expect(() => expectedShortfall(0.1, bad, 0.99)).toThrow(
      expect.objectContaining({ code: 'risk_correlation_outside' }),
    );
  });

  it.each([0, 1, 99.9])('refuses a level of %s', (bad) => {
    expect(() => finiteQuantile(10, 0.1, 0.1, bad)).toThrow(
      expect.objectContaining({ code: 'risk_level_outside', details: { level: String(bad) } }),
    );
  });
});

describe('Basel', () => {
  it('keeps the correlation of other retail between 0.03 and 0.16, falling with the PD', () => {
    fc.assert(
      fc.property(pd, pd, (a, b) => {
        const [safe, risky] = [Math.min(a, b), Math.max(a, b)];
        expect(baselCorrelation('other_retail', safe)).toBeGreaterThanOrEqual(
          baselCorrelation('other_retail', risky),
        );
        expect(baselCorrelation('other_retail', risky)).toBeGreaterThanOrEqual(0.03);
        expect(baselCorrelation('other_retail', safe)).toBeLessThanOrEqual(0.16);
      }),
    );
  });

  it('refuses an LGD above 1', () => {
    expect(() => baselRiskWeight('mortgage', 0.01, 45)).toThrow(
      expect.objectContaining({ code: 'risk_lgd_outside', details: { lgd: '45' } }),
    );
  });
});
