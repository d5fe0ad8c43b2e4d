import { readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';

/** Opens a workspace, asks once for each of the jobs given and waits until all have ended; killed at any time. */
const [folder = '', asked = '[]'] = process.argv.slice(2);
const { context, close } = await openWorkspace(
  readConfig({
    workspace: folder,
    threads: 1,
    memoryLimit: '2GB',
    logLevel: 'error',
    delivery: {
      scheduleMs: Array.from({ length: 40 }, (_, i) => (i === 0 ? 0 : 20)),
      callTimeoutMs: 5_000,
      allowedPrivate: ['127.0.0.1'],
    },
  }),
);
const jobs: string[] = [];
for (const [i, { kind, input }] of (JSON.parse(asked) as { kind: string; input: unknown }[]).entries())
  jobs.push((await context.jobs.submit({ kind, input, by: 'owner', idempotencyKey: `chaos:${i}` })).id);
for (const id of jobs) {
  const job = await context.jobs.finished(id);
  if (job.state !== 'done') process.stdout.write(`${job.kind} ${job.state}: ${job.error?.message}\n`);
}
await close();
