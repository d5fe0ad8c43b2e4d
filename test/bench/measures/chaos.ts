import { isDeepStrictEqual } from 'node:util';
import type { Batch } from '#core/contract/delivery/batches.ts';
import { raw } from '#core/sql/sql.ts';
import { readConfig } from '#server/config.ts';
import type { Context } from '#server/context.ts';
import { openWorkspace } from '#server/open.ts';
import { addSender } from '#server/store/events/senders.ts';
import { runJob } from '../../support/contact/contact-fixture.ts';
import { putCrowd } from '../../support/receiver/crowd.ts';
import { profileTaker } from '../../support/receiver/profiles.ts';
import { putDestination } from '../../support/receiver/put.ts';
import { putPastDue, putSync } from '../../support/receiver/put-sync.ts';
import { startReceiver } from '../../support/receiver/receiver.ts';
import { webhookSecret, webhookTaker } from '../../support/receiver/webhook.ts';
import { killAndResume } from '../chaos/kill.ts';
import { reportBack } from '../chaos/report-back.ts';
import { type Bench, defineMeasure } from '../measure.ts';

const kills = 10;
/** Every profile there is what its person has here, nobody is missing and nobody stands there besides. */
async function profilesAgree(context: Context, there: ReadonlyMap<string, unknown>): Promise<number> {
  const here = await context.engine.rows<{ id: string; arm: string; state: string; sure: boolean }>(
    raw(`SELECT a.customer_id AS id, a.arm, x.state, s.sure FROM assignments a
      LEFT JOIN export_runs r ON r.carries = 'attributes' LEFT JOIN export_rows x ON x.export_id = r.export_id AND x.customer_id = a.customer_id
      LEFT JOIN sync_states s ON s.customer_id = a.customer_id ORDER BY a.customer_id`),
  );
  for (const { id, arm, state, sure } of here) {
    const style = { neutral: 'neutral', loss_aversion: 'commitment', social_proof: 'simplification' }[arm];
    const wanted = {
      segment: 'En mora',
      days_past_due: 12,
      arrears: '1250.50',
      currency: 'COP',
      arm_exp: arm,
      style_exp: style,
    };
    if (state !== 'acknowledged' || !sure || !isDeepStrictEqual(there.get(id), wanted))
      throw new Error(`the profile of ${id} is ${JSON.stringify(there.get(id))}, ${state}`);
  }
  if (here.length !== there.size) throw new Error(`${there.size} profiles of ${here.length} people`);
  return here.length;
}

/** What stands in the log once the receiver has told of each message it has. */
async function toldBack(folder: string, keys: readonly string[], secret: string) {
  await reportBack(folder, keys, { secret, time: '2026-03-02T10:00:00Z', kills });
  const { context, close } = await openWorkspace(
    readConfig({ workspace: folder, threads: 1, memoryLimit: '2GB' }),
  );
  const told = await context.engine.first<{
    events: number;
    contacts: number;
    acknowledged: number;
    uncertain: number;
  }>(
    raw(`SELECT (SELECT CAST(count(*) AS BIGINT) FROM events) AS events, (SELECT CAST(count(*) AS BIGINT) FROM current_contacts) AS contacts,
      CAST(count(*) FILTER (x.state = 'acknowledged') AS BIGINT) AS acknowledged, CAST(count(*) FILTER (x.state = 'uncertain') AS BIGINT) AS uncertain
      FROM export_rows x JOIN export_runs r ON r.export_id = x.export_id WHERE r.carries = 'messages'`),
  );
  await close();
  if (told?.events !== keys.length || told.contacts !== keys.length)
    throw new Error(
      `${told?.events} events and ${told?.contacts} contacts of ${keys.length} messages told of`,
    );
  return told;
}

async function tried(bench: Bench, dedupes: boolean): Promise<(string | number)[]> {
  const folder = `${bench.folder}/${dedupes ? 'idempotent' : 'once'}`;
  const taker = webhookTaker();
  const kept = profileTaker();
  const receiver = await startReceiver({
    take: async (call) => {
      await taker.take({ ...call, silent: true });
      await kept.take(call);
    },
    failOneIn: 5,
    seed: dedupes ? 3 : 4,
  });
  const open = () => openWorkspace(readConfig({ workspace: folder, threads: 1, memoryLimit: '2GB' }));
  const before = await open();
  await putCrowd(before.context, bench.accounts);
  const options = { url: receiver.url, secret: webhookSecret, dedupes, rows: 100 };
  await putDestination(before.context, 'messages', 'webhook', options);
  await putDestination(before.context, 'hook', 'webhook', options);
  await putPastDue(before.context);
  await putSync(before.context, { mode: 'mirror' });
  const batch = await runJob<Batch>(before.context, 'check', { experimentId: 'exp', touch: 1 });
  await before.close();
  const began = performance.now();
  const jobs = [
    { kind: 'deliver', input: { batchId: batch.id, destination: 'messages' } },
    { kind: 'sync', input: { syncId: 'sync', destination: 'hook' } },
  ];
  const said = await killAndResume(folder, jobs, kills);
  if (said) throw new Error(said);
  const took = (performance.now() - began) / 1000;
  await receiver.close();
  const after = await open();
  const rows = await after.context.engine.rows<{ key: string; state: string }>(
    raw(`SELECT x.message_key AS key, x.state FROM export_rows x JOIN export_runs r ON r.export_id = x.export_id
      WHERE r.carries = 'messages' ORDER BY x.seq`),
  );
  const profiles = await profilesAgree(after.context, kept.profiles);
  const { secret } = await addSender(after.context, 'gateway', 'owner');
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
  const told = await toldBack(
    folder,
    rows.filter(({ key }) => taker.seen.has(key)).map(({ key }) => key),
    secret,
  );
  if (told.acknowledged !== rows.length - missing.length || told.uncertain !== missing.length)
    throw new Error(`${told.acknowledged} acknowledged and ${told.uncertain} uncertain after all was told`);
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
    profiles,
    told.events,
    took,
  ];
}

export default defineMeasure({
  title: 'Sending through failures',
  about:
    'Messages, and beside them a mirror of attributes, to a signed webhook whose receiver fails one call in five (500 before or after taking it in, 429, 503, reset before or after, slow), while the sending process is killed ten times by SIGKILL and started again. It fails when a receiver that discards repeats misses anybody, when one that does not gets a message twice, when a missing message is not listed as uncertain, when a retry sends other bytes, or when any profile there is not what its person has here. At the end the receiver tells of every message it has, in any order, one request in five twice, to a server that is killed ten times more: every event and contact must stand once, every message that arrived as acknowledged, and every other as uncertain.',
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
        'profiles equal',
        'events stored',
        's',
      ],
      rows,
    };
  },
});
