import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absorbed, power, secondOrderTest, type TwoSteps } from '#core/stats/markov.ts';

/** Five states, the last of them loss; worked out to 30 digits elsewhere. */
const roll = [
  [0.97, 0.03, 0, 0, 0],
  [0.55, 0.2, 0.25, 0, 0],
  [0.3, 0.1, 0.15, 0.45, 0],
  [0.12, 0.03, 0.05, 0.2, 0.6],
  [0, 0, 0, 0, 1],
];

describe('a chain', () => {
  it('meets the fixture: six months from 1-29, and the product straight down, differ', () => {
    expect(power(roll, 6)[1]).toEqual(
      [0.81331957751, 0.033292942615, 0.011717906125, 0.00966454875, 0.132005025].map((value) =>
        expect.closeTo(value, 12),
      ),
    );
    expect(absorbed(roll, 4, 6)[1]).toBeCloseTo(0.132005025, 12);
    expect(0.25 * 0.45 * 0.6).toBeCloseTo(0.0675, 12);
  });

  it('ends in loss for certain where there is no other way out', () => {
    for (const chance of absorbed(roll, 4)) expect(chance).toBeCloseTo(1, 8);
  });

  it('splits what it absorbs between two ends as the equations say', () => {
    const ruin = [
      [1, 0, 0, 0],
      [0.6, 0, 0.4, 0],
      [0, 0.6, 0, 0.4],
      [0, 0, 0, 1],
    ];
    const odds = 0.6 / 0.4;
    expect(absorbed(ruin, 3)[1]).toBeCloseTo((1 - odds) / (1 - odds ** 3), 10);
    expect(absorbed(ruin, 3)[2]).toBeCloseTo((1 - odds ** 2) / (1 - odds ** 3), 10);
  });

  it('keeps rows that sum to one', () => {
    const row = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 4, maxLength: 4 }),
        fc.integer({ min: 0, max: 500 }),
        (rows, steps) => {
          const chances = rows.map((r) => r.map((value) => value / r.reduce((a, b) => a + b)));
          for (const after of power(chances, steps)) expect(after.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
        },
      ),
      { seed: 1, numRuns: 50 },
    );
  });
});

const cases = (table: readonly (readonly number[])[], via = 'j'): TwoSteps[] =>
  table.flatMap((row, i) => row.map((count, k) => ({ from: `i${i}`, via, to: `k${k}`, count })));

describe('the test of order', () => {
  it('is the likelihood ratio and chi-square of a table where there is one middle state', () => {
    const test = secondOrderTest(
      cases([
        [10, 20, 30],
        [20, 20, 20],
      ]),
    );
    // expected counts 15, 20, 25 in both rows
    expect(test.pearson).toBeCloseTo(16 / 3, 12);
    expect(test.likelihoodRatio).toBeCloseTo(
      2 * (10 * Math.log(2 / 3) + 30 * Math.log(6 / 5) + 20 * Math.log(4 / 3) + 20 * Math.log(4 / 5)),
      12,
    );
    expect(test.degreesOfFreedom).toBe(2);
    expect(test.pValue).toBeCloseTo(Math.exp(-(test.likelihoodRatio ?? 0) / 2), 10);
    expect(test.sparseShare).toBe(0);
  });

  it('adds statistics and degrees of freedom over middle states, and passes over those with nothing to tell', () => {
    const [one, other] = [
      cases(
        [
          [10, 20],
          [20, 10],
        ],
        'a',
      ),
      cases(
        [
          [5, 9],
          [7, 3],
        ],
        'b',
      ),
    ];
    const [a, b, both] = [one, other, [...one, ...other, ...cases([[4, 6]], 'c')]].map(secondOrderTest);
    expect(both?.likelihoodRatio).toBeCloseTo((a?.likelihoodRatio ?? 0) + (b?.likelihoodRatio ?? 0), 12);
    expect(both?.degreesOfFreedom).toBe(2);
  });

  it('has no answer without a choice of pasts', () => {
    expect(secondOrderTest(cases([[4, 6]]))).toMatchObject({
      pValue: null,
      likelihoodRatio: null,
      degreesOfFreedom: 0,
    });
    expect(secondOrderTest([])).toMatchObject({ pValue: null });
  });

  it('rejects a true first-order chain as often as its level, and one with memory nearly always', () => {
    const draw = generator(7);
    const walk = (memory: number): TwoSteps[] => {
      const counts = new Map<string, TwoSteps>();
      for (let n = 0; n < 1500; n++) {
        const from = draw() < 0.6 ? 'a' : 'b';
        const via = draw() < (from === 'a' ? 0.7 : 0.4) ? 'a' : 'b';
        const stay = (via === 'a' ? 0.7 : 0.4) + (from === 'b' ? memory : 0);
        const to = draw() < stay ? 'a' : 'b';
        const key = from + via + to;
        const one = counts.get(key) ?? { from, via, to, count: 0 };
        counts.set(key, { ...one, count: one.count + 1 });
      }
      return [...counts.values()];
    };
    const rejected = (memory: number, runs: number) =>
      Array.from({ length: runs }, () => (secondOrderTest(walk(memory)).pValue ?? 1) < 0.05).filter(Boolean)
        .length / runs;
    const level = rejected(0, 1000);
    expect(level).toBeGreaterThan(0.05 - 3 * Math.sqrt((0.05 * 0.95) / 1000));
    expect(level).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / 1000));
    expect(rejected(0.15, 100)).toBeGreaterThan(0.9);
  });
});

/** Numbers in [0, 1) that are the same each time: Lehmer's generator. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
