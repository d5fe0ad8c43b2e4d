import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { longestQuery, type SnapshotState } from '#core/contract/query.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Config } from '../config.ts';
import type { Engine } from '../engine/engine.ts';
import type { Parameters } from '../engine/sandbox.ts';
import type { QueryFormat } from './answer.ts';
import { Pool } from './pool.ts';
import { Snapshots } from './snapshots.ts';

export interface Question {
  sql: string;
  parameters: Parameters;
  format: QueryFormat;
  /** Whether personal values are hidden from who asks. */
  masked: boolean;
  signal: AbortSignal;
}

export interface Answered {
  snapshot: SnapshotState;
  /** The first piece is there already: what fails before it fails as an error, not as a broken stream. */
  body: AsyncGenerator<Uint8Array>;
}

const downloadTimes = 20;
const mostThreads = 2;

/** Answers free SQL over snapshots of the tables, in processes that hold nothing else. */
export class Explorer {
  readonly #snapshots: Snapshots;
  readonly #pool: Pool;
  readonly #folder: string;
  readonly #seconds: number;

  constructor(engine: Engine, config: Config, now: () => Date) {
    this.#folder = join(config.workspace, 'explore');
    this.#seconds = config.query.seconds;
    this.#snapshots = new Snapshots(engine, config.workspace, now);
    this.#pool = new Pool(join(this.#folder, 'run'), config.query.processes, {
      memoryLimit: config.query.memoryLimit,
      threads: Math.min(config.threads, mostThreads),
    });
  }

  /** @throws every error of core/errors/portfolio/query.ts, cancelled */
  async ask(question: Question): Promise<Answered> {
    const { sql, format, masked, signal } = question;
    if (sql.length > longestQuery)
      throw new DomainError('query_too_long', { length: sql.length, limit: longestQuery });
    const snapshot = await this.#snapshots.take(masked);
    const process = await this.#pool.take(snapshot, this.#seconds, signal);
    const seconds = format === 'page' ? this.#seconds : this.#seconds * downloadTimes;
    const pieces = process.run({ ...question, seconds });
    const leave = async () => {
      const old = new Set(await this.#snapshots.outdated());
      this.#pool.leave(process, !old.has(snapshot.folder));
      await this.#sweep();
    };
    const first = await pieces.next().catch(async (error: unknown) => {
      await leave();
      throw error;
    });
    async function* body() {
      try {
        if (!first.done) yield first.value;
        yield* pieces;
      } finally {
        await pieces.return(undefined);
        await leave();
      }
    }
    return { snapshot: snapshot.state, body: body() };
  }

  /** A new snapshot, whether or not anything changed. */
  async refresh(masked: boolean): Promise<SnapshotState> {
    const { state } = await this.#snapshots.take(masked, true);
    await this.#sweep();
    return state;
  }

  /** The snapshot a query would be answered from now; null where one would first be made. */
  async state(masked: boolean): Promise<SnapshotState | null> {
    return (await this.#snapshots.peek(masked))?.state ?? null;
  }

  /** Deletes every snapshot and ends what reads them: nothing of the tables is left outside the database. */
  async forget(): Promise<void> {
    await this.#pool.clear();
    await this.#snapshots.forget();
  }

  /** Deletes the snapshots that another has replaced and nobody reads. */
  async #sweep(): Promise<void> {
    const old = await this.#snapshots.outdated();
    this.#pool.drop(new Set(old));
    const held = this.#pool.held;
    await Promise.all(
      old.filter((folder) => !held.has(folder)).map((folder) => rm(folder, { recursive: true, force: true })),
    );
  }

  async close(): Promise<void> {
    await this.#pool.close();
    await rm(join(this.#folder, 'run'), { recursive: true, force: true });
  }
}
