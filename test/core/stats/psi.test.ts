import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquareLimit } from '#core/stats/distributions/chi-square.ts';
import { homogeneity } from '#core/stats/homogeneity.ts';
import { grouped, mergeRare, stability } from '#core/stats/psi.ts';

interface Case {
  before: number[];
  after: number[];
  alpha: number;
  psi: number;
  expected: number;
  limit: number;
  p: number;
  homogeneity: number;
}
const { cases } = JSON.parse(readFileSync(new URL('../../reference/psi.json', import.meta.url), 'utf8')) as {
  cases: Case[];
};

describe('the population stability index', () => {
  it.each(cases)('equals numpy and scipy on $before and $after', ({ before, after, alpha, ...wanted }) => {
    const found = stability(before, after, alpha);
    expect(found.psi).toBeCloseTo(wanted.psi, 12);
    expect(found.expected).toBeCloseTo(wanted.expected, 12);
    expect(found.limit! / wanted.limit).toBeCloseTo(1, 9);
    expect(found.p! / wanted.p).toBeCloseTo(1, 6);
    expect(homogeneity(before, after)! / wanted.homogeneity).toBeCloseTo(1, 6);
  });

  it('worked by hand: 0.02 ln 1.2 − 0.02 ln 0.9 + 0.03 ln 1.1 − 0.03 ln 0.925', () => {
    const byHand =
      0.02 * Math.log(1.2) - 0.02 * Math.log(0.9) + 0.03 * Math.log(1.1) - 0.03 * Math.log(0.925);
    expect(stability([100, 200, 300, 400], [120, 180, 330, 370]).psi).toBeCloseTo(byHand, 14);
  });

  it('meets the tabled chi-square: 10 bins and 1,000 rows on each side pass 16.919 × 0.002 one time in 20', () => {
    expect(chiSquareLimit(0.05, 9)).toBeCloseTo(16.919, 3);
    const even = new Array<number>(10).fill(100);
    expect(stability(even, even, 0.05)).toMatchObject({ psi: 0, p: 1 });
    expect(stability(even, even, 0.05).limit).toBeCloseTo(0.033838, 6);
    expect(stability(even, even, 0.05).expected).toBeCloseTo(0.018, 12);
  });

  it('leaves out bins empty on both sides, and counts half a row where one side is empty', () => {
    expect(stability([50, 0, 50], [40, 0, 60]).psi).toBe(stability([50, 50], [40, 60]).psi);
    expect(stability([100, 0], [80, 20]).psi).toBeCloseTo(
      -0.2 * Math.log(0.8) + 0.195 * Math.log(0.2 / 0.005),
      12,
    );
  });

  it('has no estimate without rows or with one bin, and says why', () => {
    expect(stability([0, 0], [1, 2])).toEqual({
      psi: null,
      expected: null,
      limit: null,
      p: null,
      reason: 'no_rows',
    });
    expect(stability([5, 0], [7, 0])).toMatchObject({ psi: null, reason: 'one_bin' });
    expect(homogeneity([0, 0], [1, 2])).toBeNull();
    expect(homogeneity([5, 0], [7, 0])).toBeNull();
  });

  it('is never negative, is 0 only for equal shares, and does not mind the order of sides or bins', () => {
    const counts = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const size = Math.min(a.length, b.length);
        const [before, after] = [a.slice(0, size), b.slice(0, size)];
        const psi = stability(before, after).psi!;
        expect(psi).toBeGreaterThanOrEqual(0);
        expect(stability(after, before).psi).toBeCloseTo(psi, 9);
        expect(stability([...before].reverse(), [...after].reverse()).psi).toBeCloseTo(psi, 9);
        expect(
          stability(
            before,
            before.map((n) => 3 * n),
          ).psi,
        ).toBeCloseTo(0, 9);
      }),
    );
  });
});

describe('rare bins', () => {
  it('are counted together; when few even so, with the largest', () => {
    expect(mergeRare([100, 3, 2, 100], [100, 4, 3, 100])).toEqual([0, -1, -1, 3]);
    expect(grouped([100, 3, 2, 100], [0, -1, -1, 3])).toEqual([100, 5, 100]);
    expect(mergeRare([100, 1, 200], [100, 0, 200])).toEqual([0, 2, 2]);
    expect(mergeRare([2, 1], [1, 1])).toEqual([-1, -1]);
    expect(mergeRare([], [])).toEqual([]);
  });

  it('are not those that a change made common', () => {
    expect(mergeRare([1000, 0], [880, 120])).toEqual([0, 1]);
  });

  it('lose no row', () => {
    const counts = fc.array(fc.nat(400), { minLength: 3, maxLength: 9 });
    fc.assert(
      fc.property(counts, counts, (before, after) => {
        const sum = (n: readonly number[]) => n.reduce((all, one) => all + one, 0);
        expect(sum(grouped(before, mergeRare(before, after)))).toBe(sum(before));
      }),
    );
  });
});
