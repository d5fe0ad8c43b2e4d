import { describe, expect, it } from 'vitest';
import { DomainError } from '#core/errors/domain-error.ts';
import { fitTrees, matrixOf, numeric } from '../../support/models/fit-trees.ts';
import { randomMatrix } from '../../support/models/random-matrix.ts';

const matrix = randomMatrix(400, 4);

describe('weights', () => {
  it('all zero are refused', async () => {
    const fit = fitTrees({ ...matrix, weights: new Float64Array(400) });
    await expect(fit).rejects.toMatchObject({ code: 'zero_weights', details: { rows: 400 } });
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('of %d are refused', async (weight) => {
    const weights = new Float64Array(400).fill(1);
    weights[7] = weight;
    const fit = fitTrees({ ...matrix, weights });
    await expect(fit).rejects.toMatchObject({ code: 'bad_weights', details: { rows: 1, of: 400 } });
  });

  it('that double are as rows given twice', async () => {
    const twice = { ...matrix, weights: new Float64Array(400).fill(2) };
    const options = { minRows: 1, l2: 0, minHessian: 1e-9, categorySmoothing: 0, categoryL2: 0 };
    const [once, doubled] = await Promise.all([fitTrees(matrix, options), fitTrees(twice, options)]);
    const p = once.predict(matrix);
    doubled.predict(matrix).forEach((value, i) => {
      expect(value).toBeCloseTo(p[i]!, 9);
    });
  });
});

describe('columns that say nothing', () => {
  it.each([
    ['none', []],
    ['constant', [numeric('x', new Float64Array(200).fill(3))]],
    ['all missing', [numeric('x', new Float64Array(200).fill(Number.NaN))]],
  ])('%s: everybody has the mean', async (_, columns) => {
    const given = matrixOf(
      columns,
      Float64Array.from({ length: 200 }, (_row, i) => (i % 4 === 0 ? 1 : 0)),
    );
    const fitted = await fitTrees(given);
    expect(fitted.predict(given).every((p) => Math.abs(p - 0.25) < 1e-9)).toBe(true);
    expect(fitted.describe!().used).toEqual([]);
  });
});

it('a column the model uses and the rows lack is named', async () => {
  const fitted = await fitTrees(matrix);
  const lacking = { ...matrix, columns: matrix.columns.filter(({ name }) => name !== 'level') };
  expect(() => fitted.predict(lacking)).toThrowError(DomainError);
  expect(() => fitted.predict(lacking)).toThrowError(/level/);
});
