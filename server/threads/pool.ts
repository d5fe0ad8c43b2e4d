import { Worker } from 'node:worker_threads';
import type { Pool } from '#models/pool.ts';
import type { PoolAnswer, PoolCall } from './pool-side.ts';

const file = new URL('./pool-side.ts', import.meta.url).href;

/** A thread, and what is to happen on its messages and at its end, which change from run to run. */
interface Thread {
  worker: Worker;
  onAnswer: (answer: PoolAnswer) => void;
  onEnd: (error: Error) => void;
}

/** Threads at rest, of all pools of this process; they do not keep it alive. */
const idle = new Set<Thread>();

function startThread(): Thread {
  const worker = new Worker(new URL('./worker-boot.mjs', import.meta.url), { workerData: { file } });
  const thread: Thread = { worker, onAnswer: () => {}, onEnd: () => {} };
  worker.on('message', (answer: PoolAnswer) => thread.onAnswer(answer));
  worker.on('error', (error) => thread.onEnd(error));
  worker.on('exit', (code) => thread.onEnd(new Error(`a thread ended with code ${code}`)));
  return thread;
}

function takeThread(): Thread {
  const [thread = startThread()] = idle;
  idle.delete(thread);
  thread.worker.ref();
  return thread;
}

function leaveThread(thread: Thread): void {
  thread.onAnswer = () => {};
  thread.onEnd = () => idle.delete(thread);
  thread.worker.unref();
  idle.add(thread);
}

/** Runs a kernel in one thread until it returns. */
function runKernel(call: PoolCall): { ready: Promise<void>; ended: Promise<void> } {
  const thread = takeThread();
  let isReady = () => {};
  const began = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const ended = new Promise<void>((resolve, reject) => {
    thread.onEnd = reject;
    thread.onAnswer = (answer) => {
      if (answer.kind === 'ready') return isReady();
      leaveThread(thread);
      if (answer.kind === 'failed') reject(new Error(answer.error));
      else resolve();
    };
    thread.worker.postMessage(call);
  });
  return { ready: Promise.race([began, ended]), ended };
}

const all = (promises: readonly Promise<void>[]): Promise<void> => {
  const every = Promise.all(promises).then(() => {});
  every.catch(() => {});
  return every;
};

/** Threads beside the caller's own, kept warm from one fit to the next. */
export const threadPool = (threads: number): Pool => ({
  threads,
  start(kernel, shared) {
    const runs = Array.from({ length: threads }, (_, index) => runKernel({ kernel, shared, index }));
    return { ready: all(runs.map(({ ready }) => ready)), ended: all(runs.map(({ ended }) => ended)) };
  },
});
