import { readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';

/** Scores with the champion and kills itself: while rows are in the threads, or while scores are being written. */
const [folder = '', point = ''] = process.argv.slice(2);
const { context } = await openWorkspace(
  readConfig({ workspace: folder, threads: 1, memoryLimit: '1GB', logLevel: 'error' }),
);
const die = () => process.kill(process.pid, 'SIGKILL');
if (point === 'writing') {
  const { transaction } = context.engine;
  context.engine.transaction = (work) =>
    transaction((session) =>
      work({
        ...session,
        append: async (table, batches) => {
          await session.append(table, batches);
          die();
          return 0;
        },
      }),
    );
}
const { id } = await context.jobs.submit({ kind: 'score', input: { model: 'self-cure' }, by: 'owner' });
await context.jobs.finished(id, ({ steps }) => {
  if (point === 'predicting' && steps.some(({ note }) => Number(note) > 0)) die();
});
