import type { Logger } from 'pino';
import type { Config } from './config.ts';
import type { Engine } from './engine/engine.ts';
import type { Explorer } from './explore/explorer.ts';
import type { JobQueue } from './jobs/queue.ts';
import type { Registry } from './registry.ts';

/** Everything with an effect, handed down; nothing below reaches for a clock, a random source or the environment. */
export interface Context {
  config: Config;
  log: Logger;
  engine: Engine;
  registry: Registry;
  jobs: JobQueue;
  /** Free SQL, in processes of its own. */
  explore: Explorer;
  /** The present instant: the system clock. A simulated workspace's date is `workspaceToday`. */
  now: () => Date;
  /** Unpredictable bytes, for tokens and identifiers. */
  randomBytes: (length: number) => Uint8Array;
}
