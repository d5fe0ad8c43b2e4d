import type { Performance } from '#core/contract/models/card.ts';
import { brier, logLoss } from './metrics/accuracy.ts';
import { auc } from './metrics/auc.ts';
import { calibrationLine, expectedCalibrationError } from './metrics/calibration.ts';
import { kolmogorovSmirnov } from './metrics/separation.ts';

/**
 * How well probabilities did on rows the model had not seen. With fewer than two classes, what needs both is null
 * with a reason; no figure is ever NaN.
 */
export function evaluate(population: string, target: Float64Array, probabilities: Float64Array): Performance {
  let events = 0;
  for (const value of target) events += value;
  const area = auc(target, probabilities);
  const { slope, intercept } = calibrationLine(target, probabilities);
  return {
    population,
    n: target.length,
    events,
    auc: area,
    gini: area.estimate === null ? null : 2 * area.estimate - 1,
    ks: kolmogorovSmirnov(target, probabilities),
    logLoss: logLoss(target, probabilities),
    brier: brier(target, probabilities),
    calibrationSlope: slope,
    calibrationIntercept: intercept,
    ece: expectedCalibrationError(target, probabilities),
  };
}
