/** Work in lanes: within one, a piece begins when the one before has ended; lanes do not wait for each other. */
export class Lanes {
  readonly #tails = new Map<string, Promise<void>>();

  /** `work` must not reject. */
  add(lane: string, work: () => Promise<void>): void {
    const tail = (this.#tails.get(lane) ?? Promise.resolve()).then(work);
    this.#tails.set(lane, tail);
    void tail.then(() => {
      if (this.#tails.get(lane) === tail) this.#tails.delete(lane);
    });
  }

  /** Resolves when all that was begun has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#tails.values());
  }
}
