import type { Text } from '#core/text/text.ts';
import { type Matrix, type NumericColumn, pickNumbers } from '../matrix.ts';
import { totalWeight, weightedSum } from '../metrics/sample.ts';
import { binNumeric } from '../scorecard/binning/bin-numeric.ts';
import { encodeRows } from '../scorecard/encode.ts';
import { scorecardOptions } from '../scorecard/options.ts';
import type { FitPredict } from './cross-fit.ts';

export interface Baseline {
  id: string;
  title: Text;
  fitPredict: FitPredict;
}

const rateOf = (target: Float64Array, weights?: Float64Array): number =>
  weightedSum(target, weights) / totalWeight(target.length, weights);

/** The rate of the bin a value falls in, with bins made on the rows fitted on. */
function aloneOn(column: NumericColumn, { target, weights }: Matrix): FitPredict {
  const options = scorecardOptions.parse({ cutThreshold: 0 });
  return (fitRows, rows) => {
    const seen = pickNumbers(target!, fitRows);
    const weighed = weights && pickNumbers(weights, fitRows);
    const sample = { values: pickNumbers(column.values, fitRows), target: seen, weights: weighed };
    const bins = binNumeric(column.name, sample, options, 'none');
    const rate = rateOf(seen, weighed);
    if (!bins) return new Float64Array(rows.length).fill(rate);
    const constant = Math.log(rate / (1 - rate));
    const values = pickNumbers(column.values, rows);
    return encodeRows(bins, { ...column, values }).map((woe) => 1 / (1 + Math.exp(-(constant + woe))));
  };
}

/** What stands beside every result: the share of events for everybody, and one column alone where it is there. */
export function baselines(
  matrix: Matrix,
  train: Int32Array,
  named: { column: string; title: Text },
): Baseline[] {
  const weights = matrix.weights && pickNumbers(matrix.weights, train);
  const trained = rateOf(pickNumbers(matrix.target!, train), weights);
  const rate: Baseline = {
    id: 'base_rate',
    title: { es: 'La misma probabilidad para todos', en: 'The same chance for everybody' },
    fitPredict: (_fitRows, rows) => new Float64Array(rows.length).fill(trained),
  };
  const column = matrix.columns.find(({ name }) => name === named.column);
  if (column?.kind !== 'numeric') return [rate];
  return [rate, { id: named.column, title: named.title, fitPredict: aloneOn(column, matrix) }];
}
