import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { contract } from '#core/contract/index.ts';
import type { Job } from '#core/contract/jobs.ts';
import { callerOn } from '#server/cli/connection.ts';
import { readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';

/** Forgets a person, or goes on with it, and kills itself at each point in turn: a step begun, or the new database written. */
const [folder = '', customerId = '', point = ''] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');

if (point === 'new file') {
  const copy = join(folder, 'ensayo.duckdb.compact');
  watch(folder, () => {
    if (existsSync(copy)) die();
  });
}
const { context, interrupted } = await openWorkspace(
  readConfig({ workspace: folder, threads: 1, memoryLimit: '1GB', logLevel: 'error' }),
  false,
);
const [cut] = interrupted;
const call = await callerOn(context);
const job =
  cut ??
  ((await call(contract.keeping.forget as never, {
    params: { customerId },
    body: { confirm: customerId },
  })) as Job);
const watched = context.jobs.finished(job.id, (now) => {
  if (now.steps.some((step) => step.name === point && step.state === 'running')) die();
});
if (cut) await context.jobs.start(context);
await watched;
