import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { double } from '#core/sql/double.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import { fitLogistic } from '../logistic.ts';
import { pickNumbers } from '../matrix.ts';
import { logLoss } from '../metrics/accuracy.ts';
import { logit, smallest } from '../metrics/calibration.ts';

/** Platt's correction: log odds become intercept + slope × log odds. */
export interface Calibration {
  intercept: number;
  slope: number;
}

export const applyCalibration = ({ intercept, slope }: Calibration, p: Float64Array): Float64Array =>
  p.map((value) => 1 / (1 + Math.exp(-(intercept + slope * logit(value)))));

/** The same over an expression for a probability, which is kept off 0 and 1 as `logit` does. */
export function calibrationExpression(dialect: Dialect, line: Calibration, probability: Sql): Sql {
  const p = sql`greatest(${double(smallest)}, least(${double(1 - smallest)}, ${probability}))`;
  const odds = dialect.ln(sql`${p} / (1e0 - ${p})`);
  return sql`(1e0 / (1e0 + ${dialect.exp(sql`-(${double(line.intercept)} + ${double(line.slope)} * ${odds})`)}))`;
}

const rowsWhere = (fold: Int32Array, keep: (fold: number) => boolean): Int32Array =>
  Int32Array.from(fold.keys()).filter((i) => keep(fold[i]!));

function plattLine(target: Float64Array, p: Float64Array): Calibration {
  const { intercept, coefficients } = fitLogistic({ columns: [p.map(logit)], target, penalties: [1e-6] });
  return { intercept, slope: coefficients[0]! };
}

/**
 * Whether out-of-fold probabilities need correcting, judged out of fold too: each fold is corrected by a line fitted
 * on the others. The correction is kept only where it lowers the mean log loss by more than one standard error of
 * the difference; otherwise null, and the probabilities stay as they were.
 *
 * @returns the line fitted on all rows, and the out-of-fold probabilities with (or without) the correction
 */
export function crossFitCalibration(
  target: Float64Array,
  p: Float64Array,
  fold: Int32Array,
  folds: number,
): { calibration: Calibration | null; probabilities: Float64Array } {
  const corrected = Float64Array.from(p);
  for (let k = 0; k < folds; k++) {
    const others = rowsWhere(fold, (own) => own !== k);
    const rows = rowsWhere(fold, (own) => own === k);
    const line = plattLine(pickNumbers(target, others), pickNumbers(p, others));
    const values = applyCalibration(line, pickNumbers(p, rows));
    rows.forEach((row, i) => {
      corrected[row] = values[i]!;
    });
  }
  const gains = Float64Array.from(p, (_, i) => {
    const own = target.subarray(i, i + 1);
    return logLoss(own, p.subarray(i, i + 1))! - logLoss(own, corrected.subarray(i, i + 1))!;
  });
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const spread = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / (gains.length - 1);
  const helps = mean > Math.sqrt(spread / gains.length);
  return helps
    ? { calibration: plattLine(target, p), probabilities: corrected }
    : { calibration: null, probabilities: p };
}
