import { parentPort } from 'node:worker_threads';

/** What a thread of the pool is told: the kernel to run, what it shares, and which of the threads it is. */
export interface PoolCall {
  kernel: string;
  shared: unknown;
  index: number;
}
/** What it answers: that it is about to run, that it has, or what went wrong. */
export type PoolAnswer = { kind: 'ready' | 'ended' } | { kind: 'failed'; error: string };

type Kernel = (shared: unknown, index: number) => void;

parentPort?.on('message', async ({ kernel, shared, index }: PoolCall) => {
  const answer = (message: PoolAnswer) => parentPort?.postMessage(message);
  try {
    const { default: run } = (await import(`../../models/${kernel}`)) as { default: Kernel };
    answer({ kind: 'ready' });
    run(shared, index);
    answer({ kind: 'ended' });
  } catch (error) {
    answer({
      kind: 'failed',
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
});
