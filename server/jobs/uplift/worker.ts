import { DomainError } from '#core/errors/domain-error.ts';
import type { Learner } from '#models/learner.ts';
import { inWords } from '#models/uplift/data/refusal.ts';
import { requireDecisions, requireOverlap } from '#models/uplift/data/require.ts';
import type { Stratum } from '#models/uplift/data/strata.ts';
import type { Trained } from '#models/uplift/report/card.ts';
import { trainUplift, type UpliftTask } from '#models/uplift/train.ts';
import { answerCalls } from '../../threads/worker-side.ts';

/** What crosses to the worker: the learner by its id, the strata as shared memory. */
export type UpliftCall = Pick<UpliftTask, 'method' | 'options' | 'seed' | 'windowDays' | 'trim'> & {
  learnerId: string;
  strata: Stratum[];
};

export type UpliftAnswer = Pick<Trained, 'result' | 'refused'>[];

/** Each stratum by itself; one that cannot be learned from is refused in words while another can. */
answerCalls<UpliftCall, UpliftAnswer>(async ({ task, onProgress, checkCancelled }) => {
  const module = (await import(`../../../models/learners/${task.learnerId}.ts`)) as { default: Learner };
  const total = task.strata.reduce((sum, { logged }) => sum + logged.matrix.rows, 0);
  const answers: UpliftAnswer = [];
  let before = 0;
  for (const { id, logged } of task.strata) {
    const part = logged.matrix.rows / total;
    const start = before;
    try {
      requireDecisions(logged);
      const result = await trainUplift({
        ...task,
        logged,
        learner: module.default,
        onProgress: ({ done, note }) => onProgress({ done: start + part * done, note: `${id} · ${note}` }),
        checkCancelled,
      });
      requireOverlap(result);
      answers.push({ result, refused: null });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'cancelled') throw error;
      answers.push({ result: null, refused: { code: error.code, message: inWords(error) } });
      if (task.strata.length === answers.length && answers.every(({ result }) => result === null))
        throw error;
    }
    before += part;
  }
  return answers;
});
