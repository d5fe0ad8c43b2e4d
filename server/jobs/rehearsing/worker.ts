import { type RehearsalCounts, type RehearsalTask, rehearse } from '#core/experiment/simulation/rehearse.ts';
import { answerCalls } from '../../threads/worker-side.ts';

answerCalls<RehearsalTask, RehearsalCounts>(async ({ task, onProgress, checkCancelled }) =>
  rehearse(task, (done) => {
    checkCancelled();
    onProgress({ done, note: '' });
  }),
);
