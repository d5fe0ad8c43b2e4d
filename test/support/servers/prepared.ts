import type { Client } from '#core/contract/client.ts';
import type { Job } from '#core/contract/jobs.ts';
import { connect } from '#server/cli/connection.ts';
import { readConfig } from '#server/config.ts';

export interface Preparing {
  client: Client;
  /** Waits for a job that must end well and gives its result. */
  done<T = unknown>(job: Job): Promise<T>;
}

/** Prepares a workspace through its own endpoints, in this process, and lets go of it so that a server can open it. */
export async function prepare(
  folder: string,
  work: (preparing: Preparing) => Promise<unknown>,
): Promise<void> {
  const config = readConfig({ workspace: folder, threads: 1, memoryLimit: '1GB', logLevel: 'error' });
  const { client, finished, close } = await connect(config);
  try {
    await work({
      client,
      async done<T>(job: Job) {
        const { kind, error, result } = await finished(job, () => {});
        if (error) throw new Error(`${kind}: ${error.code}: ${error.message}`);
        return result as T;
      },
    });
  } finally {
    await close();
  }
}
