import { readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';

/** Loads a file and kills its own process: when a step begins, or before the commit that publishes. */
const [folder = '', file = '', point = ''] = process.argv.slice(2);
const die = () => process.kill(process.pid, 'SIGKILL');
const { context } = await openWorkspace(
  readConfig({ workspace: folder, threads: 1, memoryLimit: '1GB', logLevel: 'error' }),
);
let publishing = false;
const { transaction } = context.engine;
context.engine.transaction = (work) =>
  transaction(async (session) => {
    const result = await work(session);
    if (point === 'before the commit' && publishing) die();
    return result;
  });
const input = { file, recipe: 'ensayo', maxRejectedShare: 1 };
const { id } = await context.jobs.submit({ kind: 'load', input, by: 'owner' });
await context.jobs.finished(id, (job) => {
  const begins = job.steps.find((step) => step.state === 'running')?.name;
  publishing = begins === 'publish';
  if (begins === point) die();
});
die();
