import type { Metric } from '#core/experiment/metric.ts';
import { type RehearsalCounts, type RehearsalTask, rehearse } from '#core/experiment/simulation/rehearse.ts';
import { seededRandom } from '#models/maths/random.ts';
import { discover } from '../../registry.ts';
import { answerCalls } from '../../threads/worker-side.ts';

export interface RehearsalCall {
  task: RehearsalTask;
  /** Equal seeds draw equal lots. */
  seed: number;
}

answerCalls<RehearsalCall, RehearsalCounts>(async ({ task, onProgress, checkCancelled }) => {
  const metrics = await discover<Metric>('core/experiment/metrics');
  const metric = metrics.get(task.task.design.metric.id);
  if (!metric) throw new Error(`no metric ${task.task.design.metric.id}`);
  return rehearse(task.task, metric, seededRandom(task.seed), (done) => {
    checkCancelled();
    onProgress({ done, note: '' });
  });
});
