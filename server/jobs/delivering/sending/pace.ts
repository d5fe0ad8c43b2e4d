/** Keeps calls apart so that no more than so many begin in a second. */
export class Pace {
  readonly #gapMs: number;
  #nextMs = 0;

  constructor(perSecond: number | undefined) {
    this.#gapMs = perSecond ? 1000 / perSecond : 0;
  }

  /** Calls that may begin in a second. */
  get perSecond(): number {
    return this.#gapMs ? 1000 / this.#gapMs : Number.POSITIVE_INFINITY;
  }

  /** How long a call that came now would have to wait. */
  aheadMs(nowMs: number): number {
    return this.#gapMs ? Math.max(0, Math.max(this.#nextMs, nowMs - 1000) + this.#gapMs - nowMs) : 0;
  }

  /** How long the caller must wait before its call, which is counted from then. */
  waitMs(nowMs: number): number {
    if (!this.#gapMs) return 0;
    // A second's worth may go at once, as receivers count by the second.
    this.#nextMs = Math.max(this.#nextMs, nowMs - 1000) + this.#gapMs;
    return Math.max(0, this.#nextMs - nowMs);
  }
}

/** Waits, or ends early with the signal. */
export const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (ms <= 0 || signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });

/** Does the work of each item, so many at a time. */
export async function together<T>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const one = async () => {
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, one));
}
