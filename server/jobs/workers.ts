import { Worker } from 'node:worker_threads';
import { DomainError, isErrorCode } from '#core/errors/domain-error.ts';
import type { TextValues } from '#core/text/text.ts';
import type { Progress } from '#models/learner.ts';

/** What is sent to a worker: a task of its own terms and the flag that tells it to stop. */
export interface WorkerCall<Task> {
  task: Task;
  /** One Int32 in shared memory; not 0: stop at the next round. */
  cancel: SharedArrayBuffer;
}

/** What a worker answers: any number of `progress`, then one of the others. */
export type WorkerAnswer<Result> =
  | { kind: 'progress'; progress: Progress }
  | { kind: 'done'; result: Result }
  | { kind: 'failed'; code: string; details: TextValues }
  | { kind: 'broken'; message: string };

interface Watch {
  onProgress: (progress: Progress) => void;
  /** Throws once the job was asked to stop. */
  checkCancelled: () => void;
}

const askEveryMs = 100;
const idle = new Map<string, Worker>();

/** Takes a warm worker of the file, or starts one. An idle worker does not keep the process alive. */
function takeWorker(file: string): Worker {
  const warm = idle.get(file);
  idle.delete(file);
  if (warm) {
    warm.ref();
    return warm;
  }
  return new Worker(new URL('./worker-boot.mjs', import.meta.url), { workerData: { file } });
}

function leaveWarm(file: string, worker: Worker): void {
  worker.removeAllListeners();
  if (idle.has(file)) {
    void worker.terminate();
    return;
  }
  idle.set(file, worker);
  worker.on('error', () => idle.delete(file));
  worker.on('exit', () => idle.delete(file));
  worker.unref();
}

/**
 * Runs a task in a worker thread. A cancel is passed on by a flag in shared memory that the task reads between its
 * rounds; the promise then rejects as the task ended.
 *
 * @param file URL of the worker's module, which calls `answerCalls`
 * @throws DomainError of the task, or a plain error with its message
 */
export function runInWorker<Task, Result>(file: URL, task: Task, watch: Watch): Promise<Result> {
  const worker = takeWorker(file.href);
  const cancel = new SharedArrayBuffer(4);
  const flag = new Int32Array(cancel);
  return new Promise<Result>((resolve, reject) => {
    const ask = () => {
      try {
        watch.checkCancelled();
      } catch {
        Atomics.store(flag, 0, 1);
      }
    };
    const asking = setInterval(ask, askEveryMs);
    const end = (settle: () => void, warm: boolean) => {
      clearInterval(asking);
      if (warm) leaveWarm(file.href, worker);
      settle();
    };
    worker.on('message', (answer: WorkerAnswer<Result>) => {
      if (answer.kind === 'progress') watch.onProgress(answer.progress);
      else if (answer.kind === 'done') end(() => resolve(answer.result), true);
      else if (answer.kind === 'failed' && isErrorCode(answer.code)) {
        const { code, details } = answer;
        end(() => reject(new DomainError(code, details)), true);
      } else end(() => reject(new Error('message' in answer ? answer.message : answer.code)), true);
    });
    worker.on('error', (error) => end(() => reject(error), false));
    worker.on('exit', (code) => end(() => reject(new Error(`the worker ended with code ${code}`)), false));
    worker.postMessage({ task, cancel } satisfies WorkerCall<Task>);
  });
}
