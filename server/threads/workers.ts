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

/** A thread with what is to happen on its messages and at its end; both change from call to call. */
interface Warm {
  worker: Worker;
  onAnswer: (answer: WorkerAnswer<unknown>) => void;
  onEnd: (error: Error) => void;
}
const idle = new Map<string, Warm>();

function startWorker(file: string): Warm {
  const worker = new Worker(new URL('./worker-boot.mjs', import.meta.url), { workerData: { file } });
  const warm: Warm = { worker, onAnswer: () => {}, onEnd: () => {} };
  worker.on('message', (answer: WorkerAnswer<unknown>) => warm.onAnswer(answer));
  worker.on('error', (error) => warm.onEnd(error));
  worker.on('exit', (code) => warm.onEnd(new Error(`the worker ended with code ${code}`)));
  return warm;
}

/** Takes a warm worker of the file, or starts one. */
function takeWorker(file: string): Warm {
  const warm = idle.get(file) ?? startWorker(file);
  idle.delete(file);
  warm.worker.ref();
  return warm;
}

/** Keeps one worker of a file for the next call; it does not keep the process alive. */
function leaveWarm(file: string, warm: Warm): void {
  warm.onAnswer = () => {};
  warm.onEnd = () => {
    if (idle.get(file) === warm) idle.delete(file);
  };
  if (idle.has(file)) void warm.worker.terminate();
  else {
    idle.set(file, warm);
    warm.worker.unref();
  }
}

/**
 * Runs a task in a worker thread. A cancel is passed on by a flag in shared memory that the task reads between its
 * rounds; the promise then rejects as the task ended.
 *
 * @param file URL of the worker's module, which calls `answerCalls`
 * @throws DomainError of the task, or a plain error with its message
 */
export function runInWorker<Task, Result>(file: URL, task: Task, watch: Watch): Promise<Result> {
  const warm = takeWorker(file.href);
  const cancel = new SharedArrayBuffer(4);
  const flag = new Int32Array(cancel);
  const ask = () => {
    try {
      watch.checkCancelled();
    } catch {
      Atomics.store(flag, 0, 1);
    }
  };
  const asking = setInterval(ask, askEveryMs);
  return new Promise<Result>((resolve, reject) => {
    warm.onEnd = reject;
    warm.onAnswer = (answer) => {
      if (answer.kind === 'progress') {
        watch.onProgress(answer.progress);
        return;
      }
      leaveWarm(file.href, warm);
      if (answer.kind === 'done') resolve(answer.result as Result);
      else if (answer.kind === 'failed' && isErrorCode(answer.code))
        reject(new DomainError(answer.code, answer.details));
      else reject(new Error('message' in answer ? answer.message : answer.code));
    };
    warm.worker.postMessage({ task, cancel } satisfies WorkerCall<Task>);
  }).finally(() => clearInterval(asking));
}
