import type { Learner } from '#models/learner.ts';
import type { Matrix } from '#models/matrix.ts';
import { type Predicted, predictUplift } from '#models/uplift/predict.ts';
import type { SavedUplift } from '#models/uplift/saved.ts';
import { answerCalls } from '../../threads/worker-side.ts';

export interface PredictCall {
  learnerId: string;
  saved: SavedUplift;
  arms: string[];
  matrix: Matrix;
  stratum: Int32Array;
}

answerCalls<PredictCall, Predicted>(async ({ task, checkCancelled }) => {
  const module = (await import(`../../../models/learners/${task.learnerId}.ts`)) as { default: Learner };
  checkCancelled();
  return predictUplift(module.default, task.saved, task.arms, task.matrix, task.stratum);
});
