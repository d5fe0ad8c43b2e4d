import type { Learner } from '#models/learner.ts';
import { type TrainResult, type TrainTask, trainModel } from '#models/train.ts';
import { answerCalls } from '../../threads/worker-side.ts';

/** What crosses to the worker: the learner travels by its id, the matrix as shared memory. */
export type WorkerTask = Omit<TrainTask, 'learner' | 'onProgress' | 'checkCancelled'>;

answerCalls<WorkerTask, TrainResult>(async ({ task, onProgress, checkCancelled }) => {
  const module = (await import(`../../../models/learners/${task.learnerId}.ts`)) as { default: Learner };
  return trainModel({ ...task, learner: module.default, onProgress, checkCancelled });
});
