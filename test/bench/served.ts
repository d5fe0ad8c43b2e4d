import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Client, createClient, hasEnded, send } from '#core/contract/client.ts';
import type { Job } from '#core/contract/jobs.ts';
import { startEnsayo } from '../support/servers/ensayo.ts';
import type { Bench } from './measure.ts';

export interface Served {
  client: Client;
  /** A one-time sign-in link. */
  url: string;
  pid: number;
  done(job: Job): Promise<Job>;
  stop(): Promise<unknown>;
}

/** The real server in a process of its own, as a person starts it. */
export async function serve(bench: Bench, environment: Record<string, string> = {}): Promise<Served> {
  Object.assign(process.env, {
    ENSAYO_THREADS: String(bench.threads),
    ENSAYO_MEMORY: bench.memoryLimit,
    ...environment,
  });
  const server = await startEnsayo(bench.folder);
  const { address, pid } = JSON.parse(readFileSync(join(bench.folder, 'server.json'), 'utf8')) as {
    address: string;
    pid: number;
  };
  const headers = { authorization: `Bearer ${readFileSync(join(bench.folder, 'server.token'), 'utf8')}` };
  const client = createClient((endpoint, input) =>
    send({ fetch, origin: address, headers }, endpoint, input),
  );
  return {
    client,
    url: server.url,
    pid,
    async done(job) {
      for (;;) {
        const now = await client.jobs.get({ params: { jobId: job.id } });
        if (now.state !== 'done' && hasEnded(now)) throw new Error(`${now.kind}: ${now.error?.message}`);
        if (now.state === 'done') return now;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },
    stop: server.stop,
  };
}
