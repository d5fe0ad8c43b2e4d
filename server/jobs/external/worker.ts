import { type JudgeTask, judgeElsewhere } from '#models/external/judge.ts';
import type { Judged } from '#models/train.ts';
import { answerCalls } from '../../threads/worker-side.ts';
import { openOnnx } from './onnx.ts';

/** Probabilities that were pushed, or a model that gives them. */
export type ElsewhereTask = Omit<JudgeTask, 'probabilities'> & { probabilities: Float64Array | null };

answerCalls<ElsewhereTask, Judged>(async ({ task, checkCancelled }) => {
  const probabilities =
    task.probabilities ?? (await (await openOnnx(task.saved.fitted)).predict(task.matrix));
  checkCancelled();
  return judgeElsewhere({ ...task, probabilities });
});
