import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DomainError } from '#core/errors/domain-error.ts';
import { type Limits, QueryProcess } from './query-process.ts';
import type { Snapshot } from './snapshots.ts';

const idleMs = 180_000;
const askEveryMs = 25;

/**
 * At most so many query processes at once. One that has answered stays warm for the same snapshot, and is never
 * given another: what is masked and what is not never meet in one process.
 */
export class Pool {
  readonly #folder: string;
  readonly #most: number;
  readonly #limits: Limits;
  readonly #busy = new Set<QueryProcess>();
  readonly #idle = new Map<QueryProcess, NodeJS.Timeout>();
  readonly #asking = new Set<{ snapshot: Snapshot }>();
  #starting = 0;
  #started = 0;
  #closed = false;

  constructor(folder: string, most: number, limits: Limits) {
    this.#folder = folder;
    this.#most = most;
    this.#limits = limits;
  }

  /** Folders of snapshots that a process holds, or who waits for one will. */
  get held(): ReadonlySet<string> {
    return new Set(
      [...this.#busy, ...this.#idle.keys(), ...this.#asking].map(({ snapshot }) => snapshot.folder),
    );
  }

  /** A process on the snapshot, waited for until one is free. @throws query_busy, cancelled, query_died */
  async take(snapshot: Snapshot, waitSeconds: number, signal: AbortSignal): Promise<QueryProcess> {
    const asking = { snapshot };
    this.#asking.add(asking);
    try {
      return await this.#whenFree(snapshot, waitSeconds, signal);
    } finally {
      this.#asking.delete(asking);
    }
  }

  async #whenFree(snapshot: Snapshot, waitSeconds: number, signal: AbortSignal): Promise<QueryProcess> {
    const until = performance.now() + waitSeconds * 1000;
    for (;;) {
      if (signal.aborted || this.#closed) throw new DomainError('cancelled');
      const warm = this.#warm(snapshot);
      if (warm) return warm;
      if (this.#all() < this.#most || this.#makeRoom()) return this.#start(snapshot);
      if (performance.now() > until)
        throw new DomainError('query_busy', { count: this.#most, seconds: waitSeconds });
      await sleep(askEveryMs);
    }
  }

  #all = (): number => this.#busy.size + this.#idle.size + this.#starting;

  #warm(snapshot: Snapshot): QueryProcess | null {
    for (const [process, timer] of this.#idle) {
      if (process.snapshot.folder !== snapshot.folder || !process.alive) continue;
      clearTimeout(timer);
      this.#idle.delete(process);
      this.#busy.add(process);
      return process;
    }
    return null;
  }

  /** Ends one that waits for another snapshot. */
  #makeRoom(): boolean {
    const process = this.#idle.keys().next().value;
    if (process) this.#end(process);
    return process !== undefined;
  }

  async #start(snapshot: Snapshot): Promise<QueryProcess> {
    this.#starting += 1;
    try {
      this.#started += 1;
      const folder = join(this.#folder, `${process.pid}-${this.#started}`);
      const started = await QueryProcess.start(snapshot, folder, this.#limits);
      this.#busy.add(started);
      return started;
    } finally {
      this.#starting -= 1;
    }
  }

  /** Gives a process back; it stays warm if it is alive and its snapshot is still read. */
  leave(process: QueryProcess, stillRead: boolean): void {
    this.#busy.delete(process);
    if (!process.alive) return;
    const timer = setTimeout(() => this.#end(process), idleMs);
    timer.unref();
    this.#idle.set(process, timer);
    if (!stillRead || this.#closed) this.#end(process);
  }

  /** Ends the processes that wait on any of these snapshots. */
  drop(folders: ReadonlySet<string>): void {
    for (const process of this.#idle.keys()) if (folders.has(process.snapshot.folder)) this.#end(process);
  }

  #end(process: QueryProcess): void {
    clearTimeout(this.#idle.get(process));
    this.#idle.delete(process);
    process.end();
  }

  /** Ends all of them, running or not. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.clear();
  }

  async clear(): Promise<void> {
    const all = [...this.#busy, ...this.#idle.keys()];
    for (const process of all) this.#end(process);
    await Promise.all(all.map((process) => process.gone()));
  }
}
