import { expect, it } from 'vitest';
import { poissonInterval } from '#core/stats/distributions/poisson.ts';

it.each([
  // Garwood's limits as in published tables of the exact Poisson interval, 95 %
  [0, 0, 3.689],
  [1, 0.0253, 5.572],
  [5, 1.623, 11.668],
  [10, 4.795, 18.39],
  [100, 81.36, 121.63],
])('of %i events is the published one', (events, lower, upper) => {
  const found = poissonInterval(events);
  expect(Math.abs(found.lower - lower)).toBeLessThan(0.006);
  expect(Math.abs(found.upper - upper)).toBeLessThan(0.006);
});

it('covers the mean at least as often as it says', () => {
  for (const mean of [0.3, 1, 2.5, 7, 20]) {
    let [chance, covered] = [Math.exp(-mean), 0];
    for (let k = 0; k < 120; k++) {
      const { lower, upper } = poissonInterval(k);
      if (lower <= mean && mean <= upper) covered += chance;
      chance *= mean / (k + 1);
    }
    expect(covered).toBeGreaterThanOrEqual(0.95);
    expect(covered).toBeLessThan(1 - 1e-9);
  }
});
