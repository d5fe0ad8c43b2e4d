import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedRand, groupRows, scaleOf, silhouetteOf } from '#models/grouping/k-means.ts';
import { plainBetween, treeGroups } from '#models/grouping/tree.ts';
import { seededRandom } from '#models/maths/random.ts';

const random = seededRandom(3);
/** Three clouds far from each other, and which each row comes from. */
const rows = Array.from({ length: 600 }, (_, i) => {
  const cloud = i % 3;
  return { cloud, x: 10 * cloud + random(), y: (cloud === 1 ? 5 : 0) + random() };
});
const measures = [Float64Array.from(rows, ({ x }) => x), Float64Array.from(rows, ({ y }) => y)];

describe('k-means', () => {
  it('finds clouds that are apart, the same whenever asked, and says how sure it is', () => {
    const found = groupRows(measures, 3, 1);
    expect(found.centres).toHaveLength(3);
    expect(found.silhouette).toBeGreaterThan(0.85);
    expect(found.stability).toBe(1);
    expect(groupRows(measures, 3, 1)).toEqual(found);
    const { scales, centres } = found;
    const near = rows.map(({ x, y }) => {
      const distances = centres.map(([a = 0, b = 0]) => {
        const [first, second] = [scales[0]!, scales[1]!];
        return (
          ((x - first.mean) / first.deviation - a) ** 2 + ((y - second.mean) / second.deviation - b) ** 2
        );
      });
      return distances.indexOf(Math.min(...distances));
    });
    expect(
      adjustedRand(
        near,
        rows.map(({ cloud }) => cloud),
      ),
    ).toBe(1);
  });

  it('scales by known values alone', () => {
    expect(scaleOf(Float64Array.of(1, Number.NaN, 4))).toEqual({ mean: 2.5, deviation: 2.12132 });
    expect(scaleOf(Float64Array.of(7, 7))).toEqual({ mean: 7, deviation: 0 });
  });

  it('agrees with itself wholly, and with an unrelated grouping hardly', () => {
    const one = rows.map(({ cloud }) => cloud);
    const other = rows.map(() => Math.floor(random() * 3));
    expect(adjustedRand(one, one)).toBe(1);
    expect(Math.abs(adjustedRand(one, other))).toBeLessThan(0.02);
    // The worked example of scikit-learn's adjusted_rand_score.
    expect(adjustedRand([0, 0, 1, 2], [0, 0, 1, 1])).toBeCloseTo(0.5714285714, 9);
    expect(silhouetteOf([[0], [1]], [0, 0])).toBeNull();
    // Two pairs at 0, 1 and 10, 11: (10.5 − 1) / 10.5 and (9.5 − 1) / 9.5, twice each.
    expect(silhouetteOf([[0], [1], [10], [11]], [0, 0, 1, 1])).toBeCloseTo((9.5 / 10.5 + 8.5 / 9.5) / 2, 12);
  });
});

describe('a tree', () => {
  it('tells a target apart by cuts that can be said, each row in one group', async () => {
    const days = Float64Array.from(rows, (_, i) => i % 100);
    const target = Float64Array.from(days, (day) => (day < 30 ? 0 : day < 60 ? 5 : 9));
    const found = await treeGroups([days, measures[0]!], target, 3);
    expect(found.explained).toBeCloseTo(1, 9);
    const limits = found.groups.flatMap((group) => group.map(({ from, to }) => [from, to]));
    expect(limits.sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))).toEqual([
      [null, 30],
      [30, 60],
      [60, null],
    ]);
  });

  it('keeps missing values on one side', async () => {
    const values = Float64Array.from(rows, (_, i) => (i % 4 === 0 ? Number.NaN : i % 50));
    const target = Float64Array.from(values, (value) => (Number.isNaN(value) ? 10 : 0));
    const found = await treeGroups([values], target, 2);
    const missing = found.groups.map((group) => group.map(({ missing, known }) => ({ missing, known })));
    expect(missing.flat().filter((one) => one.missing)).toEqual([{ missing: true, known: false }]);
  });

  it('finds nothing where nothing differs', async () => {
    const target = new Float64Array(rows.length).fill(3);
    expect(await treeGroups(measures, target, 4)).toEqual({ groups: [], explained: null });
  });

  it('cuts between two values at a number above one and up to the other', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
        fc.double({ noNaN: true, min: 1e-6, max: 1e5 }),
        (above, gap) => {
          const cut = plainBetween(above, above + gap);
          expect(cut > above && cut <= above + gap).toBe(true);
        },
      ),
      { seed: 2 },
    );
    expect(plainBetween(29, 30)).toBe(30);
    expect(plainBetween(0.1234567, 0.29)).toBe(0.2);
  });
});
