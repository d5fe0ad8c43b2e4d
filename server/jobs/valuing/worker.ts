import { type Asked, type Assessment, assessPortfolio, type Exposures } from '#core/risk/assess.ts';
import { answerCalls } from '../../threads/worker-side.ts';

export interface AssessTask {
  exposures: Exposures;
  asked: Asked;
}

answerCalls<AssessTask, Assessment>(async ({ task, onProgress, checkCancelled }) =>
  assessPortfolio(task.exposures, task.asked, {
    checkCancelled,
    onProgress: (done) => onProgress({ done, note: '' }),
  }),
);
