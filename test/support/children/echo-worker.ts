import { DomainError } from '#core/errors/domain-error.ts';
import { answerCalls } from '#server/threads/worker-side.ts';

type Task =
  | { do: 'add'; of: Float64Array }
  | { do: 'refuse' }
  | { do: 'break' }
  | { do: 'spin' }
  | { do: 'exit' };

/** A worker for the test of the pool: adds shared numbers, fails in each way, or goes on until it is told to stop. */
answerCalls<Task, number>(async ({ task, onProgress, checkCancelled }) => {
  if (task.do === 'refuse') throw new DomainError('too_few_rows', { rows: 3, minimum: 50 });
  if (task.do === 'break') throw new Error('unforeseen');
  if (task.do === 'exit') process.exit(7);
  if (task.do === 'spin') for (;;) checkCancelled();
  onProgress({ done: 0.5, note: 'half' });
  return task.of.reduce((sum, value) => sum + value, 0);
});
