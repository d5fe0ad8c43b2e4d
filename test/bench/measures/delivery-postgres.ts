import { readFileSync } from 'node:fs';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import { standardSchedule } from '#core/delivery/retry.ts';
import { readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';
import { runJob } from '../../support/contact/contact-fixture.ts';
import { putCrowd } from '../../support/receiver/crowd.ts';
import { putDestination } from '../../support/receiver/put.ts';
import { startPostgres } from '../../support/servers/postgres.ts';
import { defineMeasure } from '../measure.ts';

export default defineMeasure({
  title: 'Messages into a table of PostgreSQL',
  about:
    'The whole job that sends a cleared batch to a PostgreSQL server on this machine: frozen, asked about once more, marked, put there by key in statements of 2,500 rows, settled. Processor seconds are this process’s; the server’s own come on top, on the same two cores.',
  accounts: 200_000,
  async run(bench) {
    const server = await startPostgres();
    if (!server) throw new Error('needs PostgreSQL');
    const { context, close } = await openWorkspace(
      readConfig({
        workspace: `${bench.folder}/w`,
        threads: bench.threads,
        memoryLimit: '2GB',
        delivery: { scheduleMs: standardSchedule, callTimeoutMs: 30_000, allowedPrivate: ['127.0.0.1'] },
      }),
    );
    try {
      await putCrowd(context, bench.accounts);
      await putDestination(context, 'table', 'postgres', {
        host: '127.0.0.1',
        port: server.port,
        database: 'postgres',
        user: 'owner',
        password: server.password,
        ca: readFileSync(server.certificate, 'utf8'),
        create: true,
      });
      const batch = await runJob<Batch>(context, 'check', { experimentId: 'exp', touch: 1 });
      const { id } = await context.jobs.submit({
        kind: 'deliver',
        input: { batchId: batch.id, destination: 'table' },
        by: 'owner',
      });
      const began = performance.now();
      const cpu = process.cpuUsage();
      const ended: Record<string, number> = {};
      const job = await context.jobs.finished(id, ({ steps }) => {
        for (const { name, state } of steps) if (state === 'done') ended[name] ??= performance.now();
      });
      const { user, system } = process.cpuUsage(cpu);
      if (job.state !== 'done') throw new Error(job.error?.message);
      const run = job.result as ExportRun;
      const there = Number(server.run('SELECT count(*) FROM ensayo_messages'));
      if (there !== run.rows) throw new Error(`${run.rows} rows left but ${there} are there`);
      const seconds = (from: number, to: number | undefined) => ((to ?? Number.NaN) - from) / 1000;
      const whole = seconds(began, ended.finish);
      return {
        head: [
          'rows',
          'freeze, s',
          'send, s',
          'whole, s',
          'processor s',
          'rows a second',
          'of sending alone',
        ],
        rows: [
          [
            run.rows,
            seconds(began, ended.freeze),
            seconds(ended.freeze ?? began, ended.send),
            whole,
            (user + system) / 1e6,
            Math.round(run.rows / whole),
            Math.round(run.rows / seconds(ended.freeze ?? began, ended.send)),
          ],
        ],
      };
    } finally {
      await close();
      server.stop();
    }
  },
});
