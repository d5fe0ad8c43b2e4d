import { fitLogistic } from '../maths/logistic.ts';
import { pickNumbers, pickRows } from '../matrix.ts';
import { shareInterval } from './mean.ts';
import { sampleOrder } from './order.ts';
import { type Counting, totalWeight, weightedSum, weightOf } from './sample.ts';

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
  weights?: Float64Array,
): { slope: number | null; intercept: number | null } {
  const events = weightedSum(target, weights);
  if (!(events > 0 && events < totalWeight(target.length, weights))) return { slope: null, intercept: null };
  const odds = probabilities.map(logit);
  const { intercept } = fitLogistic({ columns: [], target, weights, offset: odds });
  const constant = odds.every((value) => value === odds[0]);
  const slope = constant ? null : fitLogistic({ columns: [odds], target, weights }).coefficients[0]!;
  return { slope, intercept };
}

export interface CalibrationBin {
  /** Mean probability predicted. */
  predicted: number;
  /** Share that happened, with Wilson's interval at the effective number of rows. */
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
  counting: Counting = {},
): CalibrationBin[] {
  const order = Int32Array.from(sampleOrder(probabilities));
  const curve: CalibrationBin[] = [];
  for (let group = 0; group < groups; group++) {
    const first = Math.round((group * order.length) / groups);
    const last = Math.round(((group + 1) * order.length) / groups);
    const rows = order.subarray(first, last);
    const weights = counting.weights && pickNumbers(counting.weights, rows);
    const total = totalWeight(rows.length, weights);
    if (!(total > 0)) continue;
    const seen = pickNumbers(target, rows);
    const own = { weights, groups: counting.groups && pickRows(counting.groups, rows) };
    const { estimate, lower, upper } = shareInterval(seen, own);
    curve.push({
      predicted: weightedSum(pickNumbers(probabilities, rows), weights) / total,
      observed: estimate ?? 0,
      lower: lower ?? 0,
      upper: upper ?? 1,
      n: rows.length,
    });
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
  weights?: Float64Array,
): number | null {
  const total = totalWeight(target.length, weights);
  if (!(total > 0)) return null;
  const gaps = new Float64Array(bins);
  for (let i = 0; i < target.length; i++) {
    const bin = Math.min(bins - 1, Math.floor(probabilities[i]! * bins));
    gaps[bin]! += weightOf(weights, i) * (probabilities[i]! - target[i]!);
  }
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / total;
}
