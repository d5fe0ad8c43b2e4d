import type { Batch } from '#core/contract/delivery/batches.ts';
import { raw } from '#core/sql/sql.ts';
import { readConfig } from '#server/config.ts';
import type { Context } from '#server/context.ts';
import { openWorkspace } from '#server/open.ts';
import { writeMapping } from '#server/store/delivery/mappings.ts';
import { runJob } from '../../support/contact/contact-fixture.ts';
import { brazeKey, brazeTaker } from '../../support/receiver/braze.ts';
import { putCrowd } from '../../support/receiver/crowd.ts';
import { customerioKey, customerioSite, customerioTaker } from '../../support/receiver/customerio.ts';
import { hubspotTaker, hubspotToken } from '../../support/receiver/hubspot.ts';
import { putDestination } from '../../support/receiver/put.ts';
import { putPastDue, putSync } from '../../support/receiver/put-sync.ts';
import { startReceiver, type Take } from '../../support/receiver/receiver.ts';
import { sendgridKey, sendgridTaker } from '../../support/receiver/sendgrid.ts';
import { killAndResume } from '../chaos/kill.ts';
import { type Bench, defineMeasure } from '../measure.ts';

const kills = 10;
const columns = ['segment', 'days_past_due', 'arm_exp'];

interface Vendor {
  kind: string;
  take: Take;
  offences: readonly string[];
  options: Record<string, unknown>;
  /** Of its messages; null: it carries none. */
  mapping: Record<string, unknown> | null;
  once: boolean;
  /** How often each person's message had an effect there. */
  effects(): Map<string, number>;
  /** Profiles; null: no sync goes there. */
  profiles: ReadonlyMap<string, Record<string, unknown>> | null;
}

const countBy = (ids: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
};

function vendors(): Vendor[] {
  const braze = brazeTaker();
  const customerio = customerioTaker();
  const hubspot = hubspotTaker({ calls: 250, windowMs: 10_000 });
  const sendgrid = sendgridTaker(columns.map((name) => `ensayo_${name}`));
  return [
    {
      ...{ kind: 'braze', take: braze.take, offences: braze.offences.list, once: true },
      options: { apiKey: brazeKey, create: true },
      mapping: { event: 'cobranza' },
      effects: () => countBy(braze.events.map(({ external_id }) => external_id)),
      profiles: braze.profiles,
    },
    {
      ...{ kind: 'hubspot', take: hubspot.take, offences: hubspot.offences.list, once: false },
      options: { token: hubspotToken, perSecond: 25 },
      mapping: { message: 'cobranza' },
      effects: () => hubspot.changes,
      profiles: null,
    },
    {
      ...{ kind: 'sendgrid', take: sendgrid.take, offences: sendgrid.offences.list, once: false },
      options: { apiKey: sendgridKey },
      mapping: null,
      effects: () => new Map(),
      profiles: sendgrid.contacts,
    },
    {
      ...{ kind: 'customerio', take: customerio.take, offences: customerio.offences.list, once: false },
      options: { siteId: customerioSite, apiKey: customerioKey },
      mapping: { event: 'cobranza' },
      effects: () => countBy([...customerio.events.values()].map(({ identifiers }) => identifiers.id)),
      profiles: customerio.people,
    },
  ];
}

const setUp = async (context: Context, vendor: Vendor, url: string): Promise<unknown[]> => {
  const jobs: unknown[] = [];
  if (vendor.mapping) {
    await putDestination(context, 'messages', vendor.kind, { ...vendor.options, url });
    for (const style of ['neutral', 'commitment', 'simplification'])
      await writeMapping(context.engine, 'messages', {
        ...{ template: `${style}:sms`, language: 'es', mapping: vendor.mapping, state: 'approved' as const },
        ...{ approvedBy: 'owner', by: 'owner', changedAt: '2026-03-01T00:00:00Z' },
      });
    const { id } = await runJob<Batch>(context, 'check', { experimentId: 'exp', touch: 1 });
    jobs.push({ kind: 'deliver', input: { batchId: id, destination: 'messages' } });
  }
  if (vendor.profiles) {
    await putDestination(context, 'hook', vendor.kind, { ...vendor.options, url });
    await putPastDue(context);
    await putSync(context, { mode: 'mirror', columns });
    jobs.push({ kind: 'sync', input: { syncId: 'sync', destination: 'hook' } });
  }
  return jobs;
};

/** Every message is accounted for: what a vendor that keeps repeats has missed is listed, and nobody else misses or repeats any. */
async function countMessages(context: Context, vendor: Vendor): Promise<(string | number)[]> {
  const rows = await context.engine.rows<{ id: string; state: string }>(
    raw(`SELECT x.customer_id AS id, x.state FROM export_rows x JOIN export_runs r ON r.export_id = x.export_id
      WHERE r.carries = 'messages' AND x.state <> 'excluded' ORDER BY x.customer_id`),
  );
  const effects = vendor.effects();
  for (const { id, state } of rows) {
    const times = effects.get(id) ?? 0;
    const well = times === 1 ? state === 'acknowledged' || vendor.once : vendor.once && times === 0;
    if (!well || (times === 0 && state !== 'uncertain'))
      throw new Error(`${vendor.kind}: the message of ${id} came ${times} times and is ${state}`);
  }
  const uncertain = rows.filter(({ state }) => state === 'uncertain').length;
  return [rows.length, rows.length - uncertain, uncertain, rows.length - effects.size];
}

async function countProfiles(context: Context, vendor: Vendor): Promise<number | string> {
  if (!vendor.profiles) return '';
  const people = await context.engine.rows<{ id: string; arm: string }>(
    raw('SELECT customer_id AS id, arm FROM assignments ORDER BY customer_id'),
  );
  for (const { id, arm } of people) {
    const there = vendor.profiles.get(id) ?? {};
    const found = columns.map((name) => String(there[`ensayo_${name}`])).join(', ');
    if (found !== `En mora, 12, ${arm}`) throw new Error(`${vendor.kind}: the profile of ${id} is ${found}`);
  }
  if (vendor.profiles.size !== people.length) throw new Error(`${vendor.profiles.size} profiles`);
  return people.length;
}

async function tried(bench: Bench, vendor: Vendor, seed: number): Promise<(string | number)[]> {
  const folder = `${bench.folder}/${vendor.kind}`;
  const receiver = await startReceiver({ take: vendor.take, failOneIn: 5, seed });
  const open = () => openWorkspace(readConfig({ workspace: folder, threads: 1, memoryLimit: '2GB' }));
  const before = await open();
  await putCrowd(before.context, bench.accounts);
  const jobs = await setUp(before.context, vendor, receiver.url);
  await before.close();
  const began = performance.now();
  const said = await killAndResume(folder, jobs, kills);
  if (said) throw new Error(said);
  const took = (performance.now() - began) / 1000;
  await receiver.close();
  if (vendor.offences.length) throw new Error(`${vendor.kind}: ${vendor.offences[0]}`);
  const after = await open();
  const messages = vendor.mapping ? await countMessages(after.context, vendor) : ['', '', '', ''];
  const profiles = await countProfiles(after.context, vendor);
  await after.close();
  const failed = [...receiver.faulted.values()].reduce((sum, n) => sum + n, 0);
  return [vendor.kind, ...messages, profiles, `${receiver.calls} (${failed} failed)`, took];
}

export default defineMeasure({
  title: 'Sending to four vendors through failures',
  about:
    'Messages and a mirror of attributes to servers of this machine that enforce what Braze, HubSpot, SendGrid and Customer.io document (counts, bytes, calls in a window, errors by row, jobs, identifiers that discard repeats) and fail one call in five, while the sending process is killed ten times and started again. It fails when a limit is broken, when a message is missing or has its effect twice where repeats are discarded, when it comes twice or is missing without being listed as uncertain where they are not, or when a profile is not what its person has here.',
  accounts: 100_000,
  async run(bench) {
    const rows: (string | number)[][] = [];
    for (const [i, vendor] of vendors().entries()) rows.push(await tried(bench, vendor, 5 + i));
    return {
      head: [
        'vendor',
        'messages',
        'acknowledged',
        'uncertain',
        'missing there',
        'profiles equal',
        'calls',
        's',
      ],
      rows,
    };
  },
});
