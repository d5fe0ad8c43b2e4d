import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Batch } from '#core/contract/batches.ts';
import { raw } from '#core/sql/sql.ts';
import { readConfig } from '#server/config.ts';
import { openWorkspace } from '#server/open.ts';
import { runJob } from '../../support/contact-fixture.ts';
import { putCrowd } from '../../support/receiver/crowd.ts';
import { seeded } from '../../support/receiver/faults.ts';
import { putDestination } from '../../support/receiver/put.ts';
import { startReceiver } from '../../support/receiver/receiver.ts';
import { webhookSecret, webhookTaker } from '../../support/receiver/webhook.ts';
import { type Bench, defineMeasure } from '../measure.ts';

const kills = 10;
const child = fileURLToPath(new URL('../chaos/child.ts', import.meta.url));

/** Runs the jobs in a process that is killed again and again, and at last left alone. */
async function killAndResume(folder: string, jobs: readonly unknown[]): Promise<string> {
  const draw = seeded(7);
  for (let kill = 0; ; kill++) {
    const running = spawn(process.execPath, ['--import', 'tsx', child, folder, JSON.stringify(jobs)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    running.stdout.on('data', (piece: Buffer) => {
      said += piece.toString();
    });
    const timer =
      kill < kills ? setTimeout(() => running.kill('SIGKILL'), 3_000 + draw() * 6_000) : undefined;
    const [, signal] = (await once(running, 'exit')) as [number | null, string | null];
    clearTimeout(timer);
    if (signal !== 'SIGKILL') return said;
  }
}

async function tried(bench: Bench, dedupes: boolean): Promise<(string | number)[]> {
  const folder = `${bench.folder}/${dedupes ? 'idempotent' : 'once'}`;
  const taker = webhookTaker();
  const receiver = await startReceiver({ take: taker.take, failOneIn: 5, seed: dedupes ? 3 : 4 });
  const open = () => openWorkspace(readConfig({ workspace: folder, threads: 1, memoryLimit: '2GB' }));
  const before = await open();
  await putCrowd(before.context, bench.accounts);
  const options = { url: receiver.url, secret: webhookSecret, dedupes, rows: 100 };
  await putDestination(before.context, 'hook', 'webhook', options);
  const batch = await runJob<Batch>(before.context, 'check', { experimentId: 'exp', touch: 1 });
  await before.close();
  const began = performance.now();
  const said = await killAndResume(folder, [
    { kind: 'deliver', input: { batchId: batch.id, destination: 'hook' } },
  ]);
  if (said) throw new Error(said);
  const took = (performance.now() - began) / 1000;
  await receiver.close();
  const after = await open();
  const rows = await after.context.engine.rows<{ key: string; state: string }>(
    raw('SELECT message_key AS key, state FROM export_rows ORDER BY seq'),
  );
  await after.close();
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  const came = rows.map(({ key }) => taker.seen.get(key) ?? 0);
  const missing = rows.filter(({ key }) => !taker.seen.has(key));
  if (rows.length !== batch.cleared) throw new Error(`${rows.length} rows of ${batch.cleared} cleared`);
  if (dedupes && (missing.length || count('acknowledged') !== rows.length))
    throw new Error(`${missing.length} messages missing at a receiver that discards repeats`);
  if (!dedupes && came.some((times) => times > 1)) throw new Error('a message came twice');
  if (!dedupes && missing.some(({ state }) => state !== 'uncertain'))
    throw new Error('a missing message is not listed as uncertain');
  const changed = [...taker.bodies.values()].filter((bodies) => bodies.size > 1).length;
  if (changed) throw new Error(`${changed} calls changed from one try to the next`);
  const calls = `${receiver.calls} (${[...receiver.faulted.values()].reduce((sum, n) => sum + n, 0)} failed)`;
  const repeats = came.filter((times) => times > 1).length;
  return [
    dedupes ? 'discards repeats' : 'does not',
    rows.length,
    calls,
    count('acknowledged'),
    count('uncertain'),
    missing.length,
    repeats,
    took,
  ];
}

export default defineMeasure({
  title: 'Sending through failures',
  about:
    'Messages to a signed webhook whose receiver fails one call in five (500 before or after taking it in, 429, 503, reset before or after, slow), while the sending process is killed ten times by SIGKILL and started again. It fails when a receiver that discards repeats misses anybody, when one that does not gets a message twice, when a missing message is not listed as uncertain, or when a retry sends other bytes.',
  accounts: 100_000,
  async run(bench) {
    const rows: (string | number)[][] = [];
    for (const dedupes of [true, false]) rows.push(await tried(bench, dedupes));
    return {
      head: [
        'receiver',
        'cleared',
        'calls',
        'acknowledged',
        'uncertain',
        'missing there',
        'came more than once',
        's',
      ],
      rows,
    };
  },
});
