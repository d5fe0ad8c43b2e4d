import { z } from 'zod';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Fitted, Learner } from '../learner.ts';
import { applyCalibration, calibration, calibrationExpression } from './calibrate.ts';

/** A trained model as it is kept: what the learner saved, the correction of its probabilities, and its columns. */
export const savedModel = z.object({
  learner: z.string(),
  fitted: z.unknown(),
  calibration: calibration.nullable(),
});
export type SavedModel = z.output<typeof savedModel>;

/** A model ready for use; `contributions` are those of its sum before calibration. */
export type TrainedModel = Pick<Fitted, 'predict' | 'toSql' | 'describe' | 'contributions'>;

/**
 * The model as it was trained, its calibration included, as numbers and where the learner can as SQL.
 *
 * @throws saved_model_format, saved_model_unreadable where what was saved is of another form, cut or altered
 */
export function restoreModel(learner: Learner, saved: SavedModel): TrainedModel {
  try {
    return calibrated(learner.restore(saved.fitted), saved.calibration);
  } catch (error) {
    throw error instanceof DomainError ? error : unreadable(saved.learner, error);
  }
}

/** The failure of reading what was saved, with the first thing that is wrong with it. */
export function unreadable(learner: string, error: unknown): DomainError {
  const [issue] = error instanceof z.ZodError ? error.issues : [];
  const reason = issue
    ? `${issue.path.join('.')}: ${issue.message}`
    : (`${error instanceof Error ? error.message : error}`.split('\n')[0] ?? '');
  return new DomainError('saved_model_unreadable', { learner, reason }, { cause: error });
}

/** A fitted model whose probabilities are corrected, in numbers and in SQL. */
export function calibrated(fitted: Fitted, by: SavedModel['calibration']): TrainedModel {
  if (!by) return fitted;
  const { toSql } = fitted;
  return {
    predict: (matrix) => applyCalibration(by, fitted.predict(matrix)),
    ...(toSql ? { toSql: (dialect) => calibrationExpression(dialect, by, toSql.call(fitted, dialect)) } : {}),
    ...(fitted.describe ? { describe: () => fitted.describe!() } : {}),
    ...(fitted.contributions ? { contributions: (matrix) => fitted.contributions!(matrix) } : {}),
  };
}
