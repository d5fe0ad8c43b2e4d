/** What a piece of work may do about the lane it goes in. */
export interface Turn {
  /** Whether others wait for this lane to be free. */
  isWanted(): boolean;
  /**
   * Lets the others of the lane go on while this one waits, and takes a place behind them when `wait` has ended with true;
   * with false it goes on beside them, for what disturbs nobody.
   */
  stepAside(wait: () => Promise<boolean>): Promise<void>;
}

interface Lane {
  tail: Promise<void>;
  waiting: number;
}

/** Work in lanes: within one, a piece begins when the one before has ended or stepped aside; lanes do not wait for each other. */
export class Lanes {
  readonly #lanes = new Map<string, Lane>();
  readonly #begun = new Set<Promise<void>>();

  /** `work` must not reject. */
  add(name: string, work: (turn: Turn) => Promise<void>): void {
    const done = this.#go(name, work).finally(() => this.#begun.delete(done));
    this.#begun.add(done);
  }

  /** Resolves when all that was begun has ended. */
  async settled(): Promise<void> {
    while (this.#begun.size) await Promise.all(this.#begun);
  }

  async #go(name: string, work: (turn: Turn) => Promise<void>): Promise<void> {
    let leave = await this.#enter(name);
    try {
      await work({
        isWanted: () => (this.#lanes.get(name)?.waiting ?? 0) > 0,
        stepAside: async (wait) => {
          leave();
          leave = () => {};
          if (await wait()) leave = await this.#enter(name);
        },
      });
    } finally {
      leave();
    }
  }

  /** Waits for the lane; gives what leaves it. */
  async #enter(name: string): Promise<() => void> {
    const lane = this.#lanes.get(name) ?? { tail: Promise.resolve(), waiting: 0 };
    this.#lanes.set(name, lane);
    const before = lane.tail;
    let leave = () => {};
    const tail = new Promise<void>((resolve) => {
      leave = resolve;
    });
    lane.tail = tail;
    lane.waiting += 1;
    await before;
    lane.waiting -= 1;
    return () => {
      leave();
      if (lane.tail === tail) this.#lanes.delete(name);
    };
  }
}
