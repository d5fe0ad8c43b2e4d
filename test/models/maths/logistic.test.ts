import { describe, expect, it } from 'vitest';
import { fitLogistic } from '#models/maths/logistic.ts';
import reference from '../../reference/model-metrics.json' with { type: 'json' };
import { logisticRows } from '../../support/models/logistic-rows.ts';

const { columns, target } = logisticRows(reference.rows.n, reference.rows.seed);
const close = (found: readonly number[], wanted: readonly number[], digits = 8) => {
  expect(found).toHaveLength(wanted.length);
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i]!, digits);
  });
};

describe('fitLogistic', () => {
  it('equals statsmodels, coefficients and standard errors', () => {
    const fit = fitLogistic({ columns, target });
    close([fit.intercept, ...fit.coefficients], reference.logit.coefficients);
    close(fit.standardErrors, reference.logit.standard_errors);
    expect(fit.converged).toBe(true);
  });

  it('takes weights as repeated rows', () => {
    const weights = columns[1]!.map((value) => (value === 1 ? 2 : 1));
    const fit = fitLogistic({ columns, target, weights });
    close([fit.intercept, ...fit.coefficients], reference.weighted.coefficients);
    close(fit.standardErrors, reference.weighted.standard_errors);
  });

  it('equals scikit-learn with a ridge penalty that leaves the intercept free', () => {
    const fit = fitLogistic({ columns, target, penalties: [5, 5, 5] });
    close([fit.intercept, ...fit.coefficients], reference.ridge_5.coefficients, 6);
  });

  it('keeps coefficients at zero or above and fits the others as if the rest were not there', () => {
    const bounded = fitLogistic({ columns, target, nonNegative: true });
    expect(bounded.coefficients[1]).toBe(0);
    const without = fitLogistic({ columns: [columns[0]!, columns[2]!], target });
    close([bounded.coefficients[0]!, bounded.coefficients[2]!], without.coefficients, 7);
    expect(bounded.intercept).toBeCloseTo(without.intercept, 7);
  });

  it('fits only an intercept beside an offset', () => {
    const offset = target.map(() => 0.5);
    const rate = target.reduce((sum, value) => sum + value, 0) / target.length;
    const { intercept } = fitLogistic({ columns: [], target, offset });
    expect(intercept).toBeCloseTo(Math.log(rate / (1 - rate)) - 0.5, 10);
  });

  it('stays finite when a column separates the classes or repeats another', () => {
    const separated = fitLogistic({ columns: [target.slice()], target, penalties: [0.1] });
    expect(separated.coefficients.every(Number.isFinite)).toBe(true);
    const twice = fitLogistic({ columns: [columns[0]!, columns[0]!.slice()], target });
    expect(twice.coefficients.every(Number.isFinite)).toBe(true);
  });
});
