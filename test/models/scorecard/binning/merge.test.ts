import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellLikelihood, type Tally, totalOf } from '#models/scorecard/binning/bins.ts';
import { type MergeLimits, mergeCells } from '#models/scorecard/binning/merge.ts';

const limits: MergeLimits = { maxBins: 4, minRows: 10, threshold: 3, direction: 'none' };
const cells = fc.array(
  fc.record({ n: fc.integer({ min: 1, max: 30 }), part: fc.integer({ min: 0, max: 30 }) }),
  { minLength: 1, maxLength: 9 },
);
const made = (given: { n: number; part: number }[]): Tally[] =>
  given.map(({ n, part }) => ({ n, events: Math.min(n, part) }));
const binsOf = (of: readonly Tally[], ends: readonly number[]): Tally[] =>
  ends.map((end, i) => totalOf(of.slice(i === 0 ? 0 : ends[i - 1]! + 1, end + 1)));
const worth = (bins: readonly Tally[], threshold: number): number =>
  bins.reduce((sum, bin) => sum + cellLikelihood(bin) - threshold / 2, 0);

/** Every way to join neighbours. */
function partitions(length: number): number[][] {
  return Array.from({ length: 2 ** (length - 1) }, (_, mask) => [
    ...Array.from({ length: length - 1 }, (_, i) => i).filter((i) => mask & (1 << i)),
    length - 1,
  ]);
}

describe('mergeCells', () => {
  it('is as good as the best of all partitions that keep the limits', () => {
    fc.assert(
      fc.property(cells, (given) => {
        const of = made(given);
        const found = binsOf(of, mergeCells(of, limits));
        const allowed = partitions(of.length)
          .map((ends) => binsOf(of, ends))
          .filter(
            (bins) => bins.length === 1 || (bins.length <= 4 && bins.every(({ n }) => n >= limits.minRows)),
          );
        const best = Math.max(...allowed.map((bins) => worth(bins, limits.threshold)));
        return Math.abs(worth(found, limits.threshold) - best) < 1e-9;
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['increasing', 1],
    ['decreasing', -1],
  ] as const)('%s: rates only go that way', (direction, sign) => {
    fc.assert(
      fc.property(cells, (given) => {
        const of = made(given);
        const bins = binsOf(of, mergeCells(of, { ...limits, minRows: 0, threshold: 0, direction }));
        const rates = bins.map(({ n, events }) => events / n);
        return rates.every((rate, i) => i === 0 || sign * (rate - rates[i - 1]!) >= -1e-12);
      }),
    );
  });

  it('auto takes the direction the cells go', () => {
    const falling = [8, 6, 7, 3, 1].map((events) => ({ n: 10, events }));
    const bins = binsOf(falling, mergeCells(falling, { ...limits, threshold: 0, direction: 'auto' }));
    expect(bins.map(({ events }) => events)).toEqual([8, 13, 3, 1]);
  });

  it('makes one bin of cells alike, and none of nothing', () => {
    const alike = Array.from({ length: 6 }, () => ({ n: 100, events: 30 }));
    expect(mergeCells(alike, limits)).toEqual([5]);
    expect(mergeCells([], limits)).toEqual([]);
  });
});
