import { DomainError } from '#core/errors/domain-error.ts';

const patienceMs = 120_000;

/**
 * Lets many through side by side, or one alone. Who wants to be alone waits for a moment in which nobody is inside
 * and keeps nobody out until then: what is inside may have to come in again to end.
 */
export class Gate {
  #inside = 0;
  #closed: Promise<void> | null = null;
  readonly #waiting: (() => void)[] = [];

  /** Waits for the way in; gives the way out, which counts once. */
  async enter(): Promise<() => void> {
    while (this.#closed) await this.#closed;
    this.#inside += 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#inside -= 1;
      if (this.#inside === 0) this.#waiting.shift()?.();
    };
  }

  /** Works while everybody else waits. @throws conflict when somebody stays inside too long */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const reopen = await this.#close();
    try {
      return await work();
    } finally {
      reopen();
    }
  }

  async #close(): Promise<() => void> {
    while (this.#closed) await this.#closed;
    if (this.#inside === 0) return this.#shut();
    return new Promise((resolve, reject) => {
      const emptied = () => {
        clearTimeout(timer);
        resolve(this.#shut());
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(emptied), 1);
        reject(new DomainError('conflict', { reason: `${this.#inside} × reading` }));
      }, patienceMs);
      this.#waiting.push(emptied);
    });
  }

  #shut(): () => void {
    let reopen = () => {};
    this.#closed = new Promise((resolve) => {
      reopen = () => {
        this.#closed = null;
        resolve();
        if (this.#inside === 0) this.#waiting.shift()?.();
      };
    });
    return reopen;
  }
}
