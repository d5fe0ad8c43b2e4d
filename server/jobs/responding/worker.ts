import type { Learner } from '#models/learner.ts';
import { learnResponders, type RespondersTask } from '#models/uplift/responders/learn.ts';
import type { RespondersFound } from '#models/uplift/responders/value.ts';
import { answerCalls } from '../../threads/worker-side.ts';

/** What crosses to the worker: the learner by its id, the people as shared memory. */
export type RespondersCall = Pick<
  RespondersTask,
  'logged' | 'ruleColumns' | 'methods' | 'options' | 'seed'
> & { learnerId: string };

answerCalls<RespondersCall, RespondersFound>(async ({ task, onProgress, checkCancelled }) => {
  const module = (await import(`../../../models/learners/${task.learnerId}.ts`)) as { default: Learner };
  return learnResponders({ ...task, learner: module.default, onProgress, checkCancelled });
});
