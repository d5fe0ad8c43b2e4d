import { pickNumbers } from '../../matrix.ts';
import { rowLosses } from '../../metrics/accuracy.ts';
import type { Counting } from '../../metrics/sample.ts';
import { applyCalibration, type Calibration } from '../calibrate.ts';
import { simplestNearBest } from '../simplest.ts';
import { fitIsotonic } from './isotonic.ts';
import { fitPlatt } from './platt.ts';

/** Rows under which the shape of a curve is not told from noise. */
const enoughForCurve = 1000;

type Fit = (target: Float64Array, p: Float64Array, weights?: Float64Array) => Calibration;

const placesWhere = (fold: Int32Array, keep: (fold: number) => boolean): Int32Array =>
  Int32Array.from(fold.keys()).filter((i) => keep(fold[i]!));

/** Each fold corrected by what was fitted on the others. */
function crossApply(
  correct: Fit,
  target: Float64Array,
  p: Float64Array,
  fold: Int32Array,
  weights: Float64Array | undefined,
): Float64Array {
  const corrected = Float64Array.from(p);
  for (const k of new Set(fold)) {
    const others = placesWhere(fold, (own) => own !== k);
    const rows = placesWhere(fold, (own) => own === k);
    const by = correct(
      pickNumbers(target, others),
      pickNumbers(p, others),
      weights && pickNumbers(weights, others),
    );
    const values = applyCalibration(by, pickNumbers(p, rows));
    rows.forEach((row, i) => {
      corrected[row] = values[i]!;
    });
  }
  return corrected;
}

export interface Calibrated {
  /** Fitted on all rows; null: the probabilities are left as they are. */
  calibration: Calibration | null;
  /** The out-of-fold probabilities, each corrected by what was fitted without its fold. */
  probabilities: Float64Array;
}

/**
 * Whether out-of-fold probabilities need correcting, and how: none, a Platt line, or (from 1,000 rows) an isotonic
 * curve, each judged out of fold too. The simplest within one standard error of the best mean log loss is kept, rows
 * of a group taken together.
 *
 * @param fold the fold of each row; rows of a group are in one
 */
export function chooseCalibration(
  target: Float64Array,
  p: Float64Array,
  fold: Int32Array,
  counting: Counting = {},
): Calibrated {
  const { weights } = counting;
  const fits: Fit[] = [fitPlatt, ...(p.length >= enoughForCurve ? [fitIsotonic] : [])];
  const tried = [p, ...fits.map((fit) => crossApply(fit, target, p, fold, weights))];
  const { chosen } = simplestNearBest(
    tried.map((each) => rowLosses(target, each)),
    counting,
  );
  const kept = fits[chosen - 1];
  return { calibration: kept ? kept(target, p, weights) : null, probabilities: tried[chosen]! };
}
