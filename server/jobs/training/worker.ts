import type { Learner } from '#models/learner.ts';
import { type TrainResult, type TrainTask, trainModel } from '#models/train.ts';
import { threadPool } from '../../threads/pool.ts';
import { answerCalls } from '../../threads/worker-side.ts';

/** What crosses to the worker: learners travel by their ids, the matrix as shared memory. */
export type WorkerTask = Omit<TrainTask, 'learners' | 'pool' | 'clock' | 'onProgress' | 'checkCancelled'> & {
  learners: { id: string; options: unknown }[];
  /** Threads a fit may use, its own among them. */
  threads: number;
};

/** Imported here and only when it is its turn: a library may be slow to load, or missing. */
const openLearner = async (id: string): Promise<Learner> =>
  ((await import(`../../../models/learners/${id}.ts`)) as { default: Learner }).default;

answerCalls<WorkerTask, TrainResult>(({ task: { threads, learners, ...task }, onProgress, checkCancelled }) =>
  trainModel({
    ...task,
    pool: threadPool(threads - 1),
    learners: learners.map((one) => ({ ...one, open: () => openLearner(one.id) })),
    clock: () => performance.now() / 1000,
    onProgress,
    checkCancelled,
  }),
);
