import { z } from 'zod';
import type { Fitted, Learner } from './learner.ts';
import { applyCalibration, calibrationExpression } from './training/calibrate.ts';

/** A trained model as it is kept: what the learner saved, the correction of its probabilities, and its columns. */
export const savedModel = z.object({
  learner: z.string(),
  fitted: z.unknown(),
  calibration: z.object({ intercept: z.number(), slope: z.number() }).nullable(),
});
export type SavedModel = z.output<typeof savedModel>;

/** The model as it was trained, its calibration included, as numbers and where the learner can as SQL. */
export function restoreModel(
  learner: Learner,
  saved: SavedModel,
): Pick<Fitted, 'predict' | 'toSql' | 'describe'> {
  const fitted = learner.restore(saved.fitted);
  const { calibration } = saved;
  if (!calibration) return fitted;
  const { toSql } = fitted;
  return {
    predict: (matrix) => applyCalibration(calibration, fitted.predict(matrix)),
    ...(toSql
      ? { toSql: (dialect) => calibrationExpression(dialect, calibration, toSql.call(fitted, dialect)) }
      : {}),
    ...(fitted.describe ? { describe: () => fitted.describe!() } : {}),
  };
}
