import { describe, expect, it } from 'vitest';
import { seededRandom } from '#models/maths/random.ts';
import type { Matrix } from '#models/matrix.ts';
import { readTrees } from '#models/trees/saved.ts';
import { fitTrees, matrixOf, numeric } from '../../support/models/fit-trees.ts';
import { randomMatrix } from '../../support/models/random-matrix.ts';

const matrix = randomMatrix(3000, 21);
const exact = { learningRate: 1, l2: 0, rounds: 1, minRows: 1, minHessian: 1e-9 };

describe('one tree under squared error', () => {
  it('has the least squared error a single cut can have, found by trying all', async () => {
    const random = seededRandom(8);
    const x = Float64Array.from({ length: 200 }, () => Math.floor(random() * 40));
    const y = x.map((value) => Math.sin(value / 6) + random());
    const fitted = await fitTrees(
      matrixOf([numeric('x', x)], y),
      { ...exact, leaves: 2 },
      { objective: 'squared' },
    );
    const errorOf = (predicted: Float64Array) => predicted.reduce((sum, p, i) => sum + (p - y[i]!) ** 2, 0);
    const mean = (rows: number[]) => rows.reduce((sum, i) => sum + y[i]!, 0) / rows.length;
    const least = Math.min(
      ...Array.from({ length: 39 }, (_, cut) => {
        const sides = [true, false].map((left) => [...x.keys()].filter((i) => x[i]! <= cut === left));
        const [a, b] = sides.map(mean);
        return errorOf(x.map((value) => (value <= cut ? a! : b!)));
      }),
    );
    expect(errorOf(fitted.predict(matrixOf([numeric('x', x)], y)))).toBeCloseTo(least, 8);
  });

  it('gives each leaf the weighted mean of its rows, and a row of weight zero no say', async () => {
    const x = [1, 1, 2, 2, 2];
    const given = matrixOf([numeric('x', x)], [1, 3, 10, 20, 999], [1, 3, 1, 1, 0]);
    const fitted = await fitTrees(given, { ...exact, leaves: 2 }, { objective: 'squared' });
    [2.5, 2.5, 15, 15, 15].forEach((value, i) => {
      expect(fitted.predict(given)[i]).toBeCloseTo(value, 9);
    });
  });

  it('learns which way missing goes, and sends infinite values to the ends', async () => {
    const { NaN: missing, POSITIVE_INFINITY: most, NEGATIVE_INFINITY: least } = Number;
    const x = [missing, missing, 1, 1, 2, 2, 3, 3, most, least, most, least];
    const y = [5, 5, 0, 0, 0, 0, 5, 5, 5, 0, 5, 0];
    const given = matrixOf([numeric('x', x)], y);
    const fitted = await fitTrees(given, { ...exact, leaves: 2 }, { objective: 'squared' });
    fitted.predict(given).forEach((value, i) => {
      expect(value).toBeCloseTo(y[i]!, 9);
    });
  });

  it('parts missing from all values where that is all there is to learn', async () => {
    const given = matrixOf([numeric('x', [Number.NaN, Number.NaN, 7, 7])], [1, 1, 4, 4]);
    const fitted = await fitTrees(given, { ...exact, leaves: 2 }, { objective: 'squared' });
    const infinite = matrixOf([numeric('x', [Number.POSITIVE_INFINITY, Number.NaN])], [0, 0]);
    expect([...fitted.predict(infinite)].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([4, 1]);
  });

  it('lists the categories that go together', async () => {
    const categories = ['a', 'b', 'c', 'd'];
    const codes = Int32Array.from({ length: 80 }, (_, i) => i % 4);
    const y = Float64Array.from(codes, (code) => (code === 0 || code === 2 ? 1 : 9));
    const city = { name: 'city', kind: 'categorical', codes, categories } as const;
    const smooth = { categorySmoothing: 0, categoryL2: 0 };
    const fitted = await fitTrees(
      matrixOf([city], y),
      { ...exact, ...smooth, leaves: 2 },
      { objective: 'squared' },
    );
    const asked = {
      ...city,
      categories: ['never seen', 'd', 'a', 'c'],
      codes: Int32Array.of(0, 1, 2, 3, -1),
    };
    const p = [...fitted.predict(matrixOf([asked], [0, 0, 0, 0, 0]))].map(
      (value) => Math.round(value * 1e6) / 1e6,
    );
    expect(p.slice(1, 4)).toEqual([9, 1, 1]);
    expect(p[0]).toBe(p[4]);
  });
});

describe('what a tree keeps to', () => {
  it('rows in a leaf at least, exactly', async () => {
    const fitted = await fitTrees(matrix, { minRows: 37, leaves: 200, rounds: 5 });
    const covers = readTrees(fitted.save()).trees.flatMap((tree) => tree.covers);
    expect(Math.min(...covers)).toBeGreaterThanOrEqual(37);
    expect(covers.length).toBeGreaterThan(50);
  });

  it.each(['increasing', 'decreasing'] as const)(
    'a monotone column only ever moves %s',
    async (direction) => {
      const fitted = await fitTrees(matrix, {
        monotone: { noise: direction, level: 'increasing' },
        rounds: 40,
        minRows: 3,
      });
      const grid = Array.from({ length: 101 }, (_, i) => i / 100);
      for (let row = 0; row < 60; row++) {
        const same: Matrix = {
          ...matrixOf([], grid),
          columns: matrix.columns.map((column) =>
            column.name === 'noise'
              ? numeric('noise', grid)
              : column.kind === 'numeric'
                ? numeric(
                    column.name,
                    grid.map(() => column.values[row]!),
                  )
                : { ...column, codes: new Int32Array(grid.length).fill(column.codes[row]!) },
          ),
        };
        const p = fitted.predict(same);
        const sign = direction === 'increasing' ? 1 : -1;
        for (let i = 1; i < p.length; i++) expect(sign * (p[i]! - p[i - 1]!)).toBeGreaterThanOrEqual(-1e-15);
      }
    },
  );

  it('draws of rows and columns from the seed alone', async () => {
    const shares = { rowShare: 0.5, columnShare: 0.5 };
    const [a, b, c] = await Promise.all(
      [1, 1, 2].map((seed) => fitTrees(matrix, shares, { random: seededRandom(seed) })),
    );
    expect(a!.save()).toEqual(b!.save());
    expect(a!.save()).not.toEqual(c!.save());
  });

  it('the rounds that the rows held aside ask for', async () => {
    const eager = { rounds: 400, learningRate: 0.3, minRows: 2 };
    const told: string[] = [];
    const stopped = await fitTrees(
      matrix,
      { ...eager, patience: 10 },
      { onProgress: ({ note }) => told.push(note) },
    );
    const trees = readTrees(stopped.save()).trees.length;
    expect(trees).toBeLessThan(60);
    expect(told[0]).toMatch(/^1\/400 · 0\.\d{5}$/);
    expect(told.at(-1)).toBe(`${trees}/${trees}`);
  });

  it('shares as targets of the logistic objective', async () => {
    const share = matrix.target.map((value, i) => (value + (i % 5) / 5) / 2);
    const p = (await fitTrees({ ...matrix, target: share }, { rounds: 100 })).predict(matrix);
    const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(p)).toBeCloseTo(mean(share), 3);
    expect(p.every((value) => value > 0 && value < 1)).toBe(true);
  });
});
