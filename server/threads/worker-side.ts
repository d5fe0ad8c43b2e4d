import { parentPort } from 'node:worker_threads';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Progress } from '#models/learner.ts';
import type { WorkerAnswer, WorkerCall } from './workers.ts';

interface Given<Task> {
  task: Task;
  onProgress: (progress: Progress) => void;
  /** @throws cancelled */
  checkCancelled: () => void;
}

const tellEveryMs = 100;

/** Makes the thread answer the calls it is sent, one after the other. */
export function answerCalls<Task, Result>(work: (given: Given<Task>) => Promise<Result>): void {
  const port = parentPort;
  if (!port) throw new Error('not in a worker');
  const answer = (message: WorkerAnswer<Result>) => port.postMessage(message);
  port.on('message', async ({ task, cancel }: WorkerCall<Task>) => {
    const flag = new Int32Array(cancel);
    let told = 0;
    try {
      const result = await work({
        task,
        onProgress: (progress) => {
          if (performance.now() - told < tellEveryMs) return;
          told = performance.now();
          answer({ kind: 'progress', progress });
        },
        checkCancelled: () => {
          if (Atomics.load(flag, 0) !== 0) throw new DomainError('cancelled');
        },
      });
      answer({ kind: 'done', result });
    } catch (error) {
      answer(
        error instanceof DomainError
          ? { kind: 'failed', code: error.code, details: error.details }
          : {
              kind: 'broken',
              message: error instanceof Error ? (error.stack ?? error.message) : String(error),
            },
      );
    }
  });
}
