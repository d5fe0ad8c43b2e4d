import fc from 'fast-check';
import { expect, it } from 'vitest';
import { spread } from '../../../web/src/charts/chart.ts';

it('leaves labels that are apart where they are', () => {
  expect(spread([0, 1, 2], 0.5)).toEqual([0, 1, 2]);
});

it('moves labels apart evenly around their middle', () => {
  expect(spread([1, 1], 1)).toEqual([0.5, 1.5]);
});

it('keeps their order and centre, and no two end up on each other', () => {
  const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(places, (given) => {
      const moved = spread(given, 0.05);
      const order = [...given.keys()].sort((a, b) => given[a]! - given[b]!);
      for (const [k, i] of order.entries())
        if (k > 0) expect(moved[i]! - moved[order[k - 1]!]!).toBeGreaterThan(0.045);
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(mean(moved)).toBeCloseTo(mean(given), 9);
    }),
  );
});
