import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shareInterval, shareIntervals } from '#core/stats/share/intervals.ts';
import { reference } from '../../support/experiments/reference-effects.ts';
import { nearAll } from '../../support/experiments/reference-statistics.ts';

it.each(reference.oneShare)('one share: $x of $n (statsmodels, 90 %)', (given) => {
  for (const method of ['wald', 'agresti_coull', 'clopper_pearson', 'wilson', 'jeffreys'] as const) {
    const { lower, upper } = shareInterval(method, given.x, given.n, 0.9);
    nearAll(
      [lower, upper].map((end) => Math.max(0, Math.min(1, end!))),
      given[method].map((end) => Math.max(0, Math.min(1, end))),
      1e-9,
      method,
    );
  }
});

const drawn = fc
  .integer({ min: 1, max: 5000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

it.each(shareIntervals)('%s: holds the share, turns with it, and narrows with less confidence', (method) => {
  fc.assert(
    fc.property(drawn, ([events, n]) => {
      const { estimate, lower, upper } = shareInterval(method, events, n);
      expect(estimate).toBe(events / n);
      const inside = method === 'jeffreys' || method === 'jeffreys_highest' ? 1 / n : 1e-9;
      expect(lower!).toBeLessThanOrEqual(estimate! + inside);
      expect(upper!).toBeGreaterThanOrEqual(estimate! - inside);
      const wide = shareInterval(method, events, n, 0.99);
      expect(wide.upper! - wide.lower!).toBeGreaterThanOrEqual(upper! - lower! - 1e-9);
      if (method === 'cloglog') return;
      const turned = shareInterval(method, n - events, n);
      expect(turned.lower!).toBeCloseTo(1 - upper!, 6);
      expect(turned.upper!).toBeCloseTo(1 - lower!, 6);
    }),
    { seed: 3, numRuns: 60 },
  );
});

it('has no interval without people', () =>
  expect(shareInterval('clopper_pearson', 0, 0)).toMatchObject({ estimate: null, reason: 'no_rows' }));
