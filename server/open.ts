import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { Job } from '#core/contract/jobs.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';
import { openDuckDb } from './engine/duckdb.ts';
import { Explorer } from './explore/explorer.ts';
import type { JobKind } from './jobs/job.ts';
import { JobQueue } from './jobs/queue.ts';
import { discover, readRegistry } from './registry.ts';
import { migrate } from './store/migrate.ts';

export interface Opened {
  context: Context;
  /** Jobs a stop had cut off; with `resume` they go on by themselves. */
  interrupted: Job[];
  close(): Promise<void>;
}

/** Opens a workspace: its database at this version's schema, the plug-ins found, the jobs taken up again. */
export async function openWorkspace(config: Config, resume = true): Promise<Opened> {
  mkdirSync(config.workspace, { recursive: true });
  const path = join(config.workspace, 'ensayo.duckdb');
  const engine = await openDuckDb({
    path,
    threads: config.threads,
    memoryLimit: config.memoryLimit,
    tempDirectory: join(config.workspace, 'spill'),
  });
  try {
    await migrate(engine, path);
    const jobs = new JobQueue(await discover<JobKind>('server/jobs/kinds'));
    const log = pino({ level: config.logLevel, base: null }, pino.destination(2));
    const now = () => new Date();
    const context: Context = {
      config,
      log,
      engine,
      jobs,
      explore: new Explorer(engine, config, now),
      registry: await readRegistry(),
      now,
      randomBytes: (length) => randomBytes(length),
    };
    const interrupted = await jobs.start(context, resume);
    return {
      context,
      interrupted,
      async close() {
        await jobs.stop();
        await context.explore.close();
        await engine.close();
      },
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}
