import type { Performance } from '#core/contract/models/card.ts';
import { brier, logLoss } from './metrics/accuracy.ts';
import { auc } from './metrics/auc.ts';
import { calibrationLine, expectedCalibrationError } from './metrics/calibration.ts';
import type { Counting } from './metrics/sample.ts';
import { kolmogorovSmirnov } from './metrics/separation.ts';

/** Whether every outcome is 0 or 1; else they are shares, and what tells two classes apart has no meaning. */
export const isBinary = (target: Float64Array): boolean =>
  target.every((value) => value === 0 || value === 1);

/**
 * How well probabilities did on rows the model had not seen, by their weights. The AUC's interval is DeLong's, with the
 * rows of one group taken together (Obuchowski 1997). With fewer than two classes, what needs both is null with a
 * reason; of shares between 0 and 1, AUC, Gini and KS are null, and Brier is the mean squared error. No figure is ever
 * NaN. `n` counts rows and `events` sums outcomes, whatever the weights.
 */
export function evaluate(
  population: string,
  target: Float64Array,
  probabilities: Float64Array,
  counting: Counting = {},
): Performance {
  const { weights } = counting;
  const binary = isBinary(target);
  const area = binary
    ? auc(target, probabilities, counting)
    : { estimate: null, lower: null, upper: null, reason: 'share_target' };
  const { slope, intercept } = calibrationLine(target, probabilities, weights);
  return {
    population,
    n: target.length,
    events: target.reduce((sum, value) => sum + value, 0),
    auc: area,
    gini: area.estimate === null ? null : 2 * area.estimate - 1,
    ks: binary ? kolmogorovSmirnov(target, probabilities, weights) : null,
    logLoss: logLoss(target, probabilities, weights),
    brier: brier(target, probabilities, weights),
    calibrationSlope: slope,
    calibrationIntercept: intercept,
    ece: expectedCalibrationError(target, probabilities, 10, weights),
  };
}
