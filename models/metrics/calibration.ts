import { wilson } from '#core/stats/wilson.ts';
import { fitLogistic } from '../logistic.ts';
import { sampleOrder } from './order.ts';

/** Probabilities are kept this far off 0 and 1 before their log odds are taken. */
export const smallest = 1e-9;

/** Log odds, kept finite. */
export const logit = (p: number): number => {
  const kept = Math.min(1 - smallest, Math.max(smallest, p));
  return Math.log(kept / (1 - kept));
};

/**
 * Cox's recalibration: slope of a logistic regression of the outcome on the log odds predicted (1 is right, below
 * 1 the probabilities are too extreme), and the intercept with the slope held at 1 (0 is right, above 0 too low on
 * the whole: calibration in the large). Null with one class or when all probabilities are equal.
 */
export function calibrationLine(
  target: Float64Array,
  probabilities: Float64Array,
): { slope: number | null; intercept: number | null } {
  let events = 0;
  for (const value of target) events += value;
  if (events === 0 || events === target.length) return { slope: null, intercept: null };
  const odds = probabilities.map(logit);
  const { intercept } = fitLogistic({ columns: [], target, offset: odds });
  const constant = odds.every((value) => value === odds[0]);
  const slope = constant ? null : fitLogistic({ columns: [odds], target }).coefficients[0]!;
  return { slope, intercept };
}

export interface CalibrationBin {
  /** Mean probability predicted. */
  predicted: number;
  /** Share that happened, with Wilson's interval. */
  observed: number;
  lower: number;
  upper: number;
  n: number;
}

/** Probabilities in `groups` groups of equal size, lowest first, each beside what happened. */
export function calibrationCurve(
  target: Float64Array,
  probabilities: Float64Array,
  groups = 10,
): CalibrationBin[] {
  const order = sampleOrder(probabilities);
  const curve: CalibrationBin[] = [];
  for (let group = 0; group < groups; group++) {
    const first = Math.round((group * order.length) / groups);
    const last = Math.round(((group + 1) * order.length) / groups);
    if (last === first) continue;
    let predicted = 0;
    let events = 0;
    for (let i = first; i < last; i++) {
      predicted += probabilities[order[i]!]!;
      events += target[order[i]!]!;
    }
    const n = last - first;
    const { lower, upper } = wilson(events, n);
    curve.push({ predicted: predicted / n, observed: events / n, lower: lower ?? 0, upper: upper ?? 1, n });
  }
  return curve;
}

/**
 * Expected calibration error: the mean distance between the probability predicted and what happened over `bins`
 * bins of equal width, by their rows (Naeini et al., 2015).
 */
export function expectedCalibrationError(
  target: Float64Array,
  probabilities: Float64Array,
  bins = 10,
): number | null {
  if (target.length === 0) return null;
  const predicted = new Float64Array(bins);
  const observed = new Float64Array(bins);
  for (let i = 0; i < target.length; i++) {
    const bin = Math.min(bins - 1, Math.floor(probabilities[i]! * bins));
    predicted[bin]! += probabilities[i]!;
    observed[bin]! += target[i]!;
  }
  return predicted.reduce((sum, value, i) => sum + Math.abs(value - observed[i]!), 0) / target.length;
}
