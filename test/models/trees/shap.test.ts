import { describe, expect, it } from 'vitest';
import { takeRows } from '#models/matrix.ts';
import { readTrees, type SavedTrees } from '#models/trees/saved.ts';
import { blockReader, type FlatTrees, flatten, goesLeft } from '#models/trees/use/flat.ts';
import { fitTrees } from '../../support/models/fit-trees.ts';
import { randomMatrix } from '../../support/models/random-matrix.ts';

const matrix = randomMatrix(1500, 5);

/** What the trees give where only the columns of `known` are known: unknown ones follow the weight of training rows. */
function expected(flat: FlatTrees, node: number, row: Float64Array, known: number): number {
  if (node < 0) return flat.value[-1 - node]!;
  const [left, right] = [flat.left[node]!, flat.right[node]!];
  const column = flat.column[node]!;
  if ((known >> column) & 1)
    return expected(flat, goesLeft(flat, node, row[column]!) ? left : right, row, known);
  const cover = (child: number) => (child < 0 ? flat.leafCover[-1 - child]! : flat.cover[child]!);
  const share = cover(left) / (cover(left) + cover(right));
  return share * expected(flat, left, row, known) + (1 - share) * expected(flat, right, row, known);
}

const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));

/** Shapley values by their definition, over all subsets of columns. */
function bruteForce(saved: SavedTrees, row: Float64Array): { base: number; values: number[] } {
  const flat = flatten(saved);
  const n = saved.columns.length;
  const worth = Array.from({ length: 2 ** n }, (_, known) =>
    flat.roots.reduce((sum, root) => sum + expected(flat, root, row, known), saved.base),
  );
  const values = saved.columns.map((_, column) => {
    let sum = 0;
    for (let known = 0; known < 2 ** n; known++) {
      if ((known >> column) & 1) continue;
      const size = known.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(n - size - 1)) / factorial(n);
      sum += weight * (worth[known | (1 << column)]! - worth[known]!);
    }
    return sum;
  });
  return { base: worth[0]!, values };
}

describe('Shapley values', () => {
  it.each([
    ['small trees', { rounds: 3, leaves: 5 }],
    ['deep trees that split on a column again and again', { rounds: 4, leaves: 40, minRows: 2 }],
    ['a single leaf', { rounds: 1, minRows: 5000 }],
  ])('are those of the definition, over all subsets: %s', async (_, options) => {
    const weights = matrix.target.map((_value, i) => 1 + (i % 4));
    const fitted = await fitTrees(
      { ...matrix, weights },
      { categorySmoothing: 1, categoryL2: 0, ...options },
    );
    const saved = readTrees(fitted.save());
    const rows = takeRows(
      matrix,
      Int32Array.from({ length: 60 }, (_row, i) => i),
    );
    const found = fitted.contributions!(rows);
    expect(found.columns).toEqual(saved.columns.map(({ name }) => name));
    const block = new Float64Array(rows.rows * saved.columns.length);
    blockReader(saved, rows)(0, rows.rows, block);
    expect(saved.columns.length === 0 || block.some(Number.isNaN)).toBe(true);
    for (let i = 0; i < rows.rows; i++) {
      const from = i * saved.columns.length;
      const { base, values } = bruteForce(saved, block.subarray(from, from + saved.columns.length));
      expect(found.base).toBeCloseTo(base, 10);
      values.forEach((value, column) => {
        expect(found.values[from + column]).toBeCloseTo(value, 10);
      });
    }
  });

  it('and the base add up to the log odds, or the value', async () => {
    for (const objective of ['logistic', 'squared'] as const) {
      const fitted = await fitTrees(matrix, { rounds: 60, minRows: 5 }, { objective });
      const p = fitted.predict(matrix);
      const { base, values, columns } = fitted.contributions!(matrix);
      const worst = p.reduce((most, value, i) => {
        let sum = base;
        for (let column = 0; column < columns.length; column++) sum += values[i * columns.length + column]!;
        const predicted = objective === 'squared' ? sum : 1 / (1 + Math.exp(-sum));
        return Math.max(most, Math.abs(predicted - value));
      }, 0);
      expect(worst).toBeLessThan(1e-12);
    }
  });
});
