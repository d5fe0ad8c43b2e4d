import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';

/** Exports a batch and kills its own process at a point of the way: a step's start, or a file's appearance. */
const [folder = '', batchId = '', point = ''] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');
const { context } = await openWorkspace(
  readConfig({ workspace: folder, threads: 1, memoryLimit: '1GB', logLevel: 'error' }),
);
const { id } = await context.jobs.submit({
  kind: 'export',
  input: { batchId, destination: 'file', options: {} },
  by: 'owner',
});
if (point === 'unfinished' || point === 'renamed') {
  const name = point === 'unfinished' ? `.${id}.unfinished` : id;
  watch(folder, { recursive: true }, () => {
    if (existsSync(join(folder, 'exports', name))) die();
  });
}
await context.jobs.finished(id, (job) => {
  if (job.steps.some((step) => step.name === point && step.state === 'running')) die();
});
die();
