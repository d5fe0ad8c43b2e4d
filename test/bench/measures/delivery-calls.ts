import type { Batch } from '#core/contract/batches.ts';
import type { ExportRun } from '#core/contract/exports.ts';
import { standardSchedule } from '#core/delivery/retry.ts';
import { readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';
import { runJob } from '../../support/contact-fixture.ts';
import { putCrowd } from '../../support/receiver/crowd.ts';
import { putDestination } from '../../support/receiver/put.ts';
import { startReceiver } from '../../support/receiver/receiver.ts';
import { webhookSecret } from '../../support/receiver/webhook.ts';
import { type Bench, defineMeasure } from '../measure.ts';

async function paced(bench: Bench, dedupes: boolean): Promise<(string | number)[]> {
  const receiver = await startReceiver({ take: ({ response }) => void response.writeHead(204).end() });
  const { context, close } = await openWorkspace(
    readConfig({
      workspace: `${bench.folder}/${dedupes}`,
      threads: bench.threads,
      memoryLimit: '2GB',
      delivery: { scheduleMs: standardSchedule, callTimeoutMs: 5_000, allowedPrivate: ['127.0.0.1'] },
    }),
  );
  try {
    await putCrowd(context, bench.accounts);
    await putDestination(context, 'hook', 'webhook', {
      url: receiver.url,
      secret: webhookSecret,
      dedupes,
      rows: 100,
    });
    const batch = await runJob<Batch>(context, 'check', { experimentId: 'exp', touch: 1 });
    const began = performance.now();
    const cpu = process.cpuUsage();
    const run = await runJob<ExportRun>(context, 'deliver', { batchId: batch.id, destination: 'hook' });
    const took = (performance.now() - began) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    return [
      run.guarantee,
      run.rows,
      receiver.calls,
      took,
      (user + system) / 1e6,
      Math.round(run.rows / took),
    ];
  } finally {
    await close();
    await receiver.close();
  }
}

export default defineMeasure({
  title: 'Sending call by call',
  about:
    'Messages of a cleared batch to a willing receiver on this machine, in the same process: frozen, asked about once more, marked, sent in signed calls of at most 20 kB, settled. Processor seconds hold the receiver’s own.',
  accounts: 100_000,
  async run(bench) {
    const rows: (string | number)[][] = [];
    for (const dedupes of [true, false]) rows.push(await paced(bench, dedupes));
    return { head: ['guarantee', 'rows', 'calls', 's', 'processor s', 'rows a second'], rows };
  },
});
