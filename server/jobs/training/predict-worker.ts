import type { Learner } from '#models/learner.ts';
import type { Matrix } from '#models/matrix.ts';
import { restoreModel, type SavedModel } from '#models/training/trained.ts';
import { answerCalls } from '../../threads/worker-side.ts';
import { openOnnx } from '../external/onnx.ts';

export interface PredictTask {
  matrix: Matrix;
  models: SavedModel[];
}

/** The probabilities of each model for the same rows, in a thread of their own. */
answerCalls<PredictTask, Float64Array[]>(async ({ task, checkCancelled }) => {
  const scores: Float64Array[] = [];
  for (const saved of task.models) {
    checkCancelled();
    if (saved.learner === 'onnx') {
      scores.push(await (await openOnnx(saved.fitted)).predict(task.matrix));
      continue;
    }
    const { default: learner } = (await import(`../../../models/learners/${saved.learner}.ts`)) as {
      default: Learner;
    };
    scores.push(restoreModel(learner, saved).predict(task.matrix));
  }
  return scores;
});
