import { Worker } from 'node:worker_threads';
import type { Pool } from '#models/pool.ts';
import type { PoolAnswer, PoolCall } from './pool-side.ts';

const file = new URL('./pool-side.ts', import.meta.url).href;

/** Threads at rest, of all pools of this process; they do not keep it alive. */
const idle: Worker[] = [];

function takeThread(): Worker {
  const worker =
    idle.pop() ?? new Worker(new URL('./worker-boot.mjs', import.meta.url), { workerData: { file } });
  worker.ref();
  return worker;
}

function leaveThread(worker: Worker): void {
  worker.removeAllListeners();
  worker.unref();
  idle.push(worker);
  worker.on('exit', () => {
    const place = idle.indexOf(worker);
    if (place >= 0) idle.splice(place, 1);
  });
  worker.on('error', () => {});
}

interface Run {
  ready: Promise<void>;
  ended: Promise<void>;
}

/** Runs a kernel in one thread until it returns. */
function runKernel(call: PoolCall): Run {
  const worker = takeThread();
  let isReady = () => {};
  const began = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const ended = new Promise<void>((resolve, reject) => {
    worker.on('message', (answer: PoolAnswer) => {
      if (answer.kind === 'ready') {
        isReady();
        return;
      }
      leaveThread(worker);
      if (answer.kind === 'failed') reject(new Error(answer.error));
      else resolve();
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`a thread ended with code ${code}`)));
    worker.postMessage(call);
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
