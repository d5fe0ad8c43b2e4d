/**
 * Threads beside the caller's, for work over shared memory. A learner hands a kernel a structured-cloneable value that
 * holds SharedArrayBuffers; each thread runs the kernel's default export, `(shared, index) => void`, which blocks on
 * Atomics.wait for its turns and returns when told to. `models/` starts no thread itself: the server's pool does, and
 * tests use the inline one.
 */
export interface Pool {
  /** Threads beside the caller's; 0: all work is the caller's own. */
  readonly threads: number;
  /**
   * Starts the kernel once in every thread.
   *
   * @param kernel file below `models/`, such as `trees/kernel.ts`
   * @param shared what each thread is given
   * @returns `ready` when every thread is about to run it: wait for it before blocking, as a thread cannot start while
   * its maker blocks; `ended` when all have returned. Both reject if a thread failed.
   */
  start(kernel: string, shared: unknown): { ready: Promise<void>; ended: Promise<void> };
}

/** No threads: what tests and small fits use. */
export const inlinePool: Pool = {
  threads: 0,
  start: () => ({ ready: Promise.resolve(), ended: Promise.resolve() }),
};
