import type { Contributions } from '../learner.ts';
import type { Matrix } from '../matrix.ts';
import { totalOf } from './binning/bins.ts';
import { encodeRows } from './encode.ts';
import type { SavedScorecard, Term } from './saved.ts';

/** What a term adds to the log odds on average, over the rows the scorecard was fitted on. */
export function meanOf({ bins, coefficient }: Term): number {
  const { n } = totalOf(bins.tallies);
  return coefficient * bins.tallies.reduce((sum, tally, i) => sum + (tally.n * bins.woe[i]!) / n, 0);
}

/** The terms of each row less their mean over the rows fitted on; the base is the mean log odds of those. */
export function scorecardContributions(saved: SavedScorecard, matrix: Matrix): Contributions {
  const { terms } = saved;
  const values = new Float64Array(matrix.rows * terms.length);
  const means = terms.map(meanOf);
  terms.forEach(({ bins, coefficient }, place) => {
    const column = matrix.columns.find(({ name }) => name === bins.column);
    if (!column) throw new TypeError(`the matrix has no column ${bins.column}`);
    const adds = encodeRows(bins, column, coefficient);
    for (let row = 0; row < matrix.rows; row++)
      values[row * terms.length + place] = adds[row]! - means[place]!;
  });
  return {
    base: saved.intercept + means.reduce((sum, mean) => sum + mean, 0),
    columns: terms.map(({ bins }) => bins.column),
    values,
  };
}
