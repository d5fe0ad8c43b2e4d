import { totalWeight, weightedSum } from './sample.ts';

const smallest = 1e-15;

/**
 * What each row adds to the log loss: −ln of the probability given to what happened; probabilities are kept off 0 and
 * 1 by 1e-15. Of a share between 0 and 1, the cross entropy.
 */
export function rowLosses(target: Float64Array, probabilities: Float64Array): Float64Array {
  const losses = new Float64Array(target.length);
  for (let i = 0; i < target.length; i++) {
    const p = Math.min(1 - smallest, Math.max(smallest, probabilities[i]!));
    const y = target[i]!;
    losses[i] = -(y * Math.log(p) + (1 - y) * Math.log1p(-p));
  }
  return losses;
}

/** Mean log loss of the rows, by their weights; null without rows or weight. */
export function logLoss(
  target: Float64Array,
  probabilities: Float64Array,
  weights?: Float64Array,
): number | null {
  const total = totalWeight(target.length, weights);
  return total > 0 ? weightedSum(rowLosses(target, probabilities), weights) / total : null;
}

/** Mean squared distance between probability and outcome; of a share, the mean squared error. */
export function brier(
  target: Float64Array,
  probabilities: Float64Array,
  weights?: Float64Array,
): number | null {
  const total = totalWeight(target.length, weights);
  const squares = probabilities.map((p, i) => (p - target[i]!) ** 2);
  return total > 0 ? weightedSum(squares, weights) / total : null;
}
