import type { Batch } from '#core/contract/delivery/batches.ts';
import { standardSchedule } from '#core/delivery/retry.ts';
import { raw } from '#core/sql/sql.ts';
import { readConfig } from '#server/config.ts';
import type { Context } from '#server/context.ts';
import type { Destination } from '#server/destinations/destination.ts';
import { openWorkspace } from '#server/open.ts';
import { writeMapping } from '#server/store/delivery/mappings.ts';
import { runJob } from '../../support/contact/contact-fixture.ts';
import { brazeKey } from '../../support/receiver/braze.ts';
import { putCrowd } from '../../support/receiver/crowd.ts';
import { hubspotToken } from '../../support/receiver/hubspot.ts';
import { putDestination } from '../../support/receiver/put.ts';
import { putPastDue, putSync } from '../../support/receiver/put-sync.ts';
import { sendgridKey } from '../../support/receiver/sendgrid.ts';
import { webhookSecret } from '../../support/receiver/webhook.ts';
import { receiving, sent, sentHead, sentRow } from '../delivering.ts';
import { type Bench, defineMeasure } from '../measure.ts';

interface Case {
  what: string;
  kind: string;
  options: Record<string, unknown>;
  mapping?: Record<string, unknown>;
  /** Columns of a sync, where it is attributes that are sent. */
  columns?: string[];
}

const webhook = { secret: webhookSecret, rows: 100 };
const cases: readonly Case[] = [
  {
    ...{ what: 'Braze, 75 events a call', kind: 'braze' },
    ...{ options: { apiKey: brazeKey, create: true }, mapping: { event: 'cobranza' } },
  },
  {
    ...{ what: 'HubSpot, 100 inputs a call, as fast as it goes', kind: 'hubspot' },
    ...{ options: { token: hubspotToken }, mapping: { message: 'cobranza' } },
  },
  {
    ...{ what: 'SendGrid, jobs of contacts', kind: 'sendgrid' },
    ...{ options: { apiKey: sendgridKey }, columns: ['segment', 'days_past_due', 'arm_exp'] },
  },
  { what: 'webhook, 20 kB a call, idempotent', kind: 'webhook', options: { ...webhook, dedupes: true } },
  { what: 'webhook, 20 kB a call, at most once', kind: 'webhook', options: { ...webhook, dedupes: false } },
];

/** HubSpot's own limit would be all that is measured: 25 calls a second are 2,500 rows. */
function unhurried(context: Context): void {
  const known = context.registry.destinations as Map<string, Destination>;
  const hubspot = known.get('hubspot');
  if (!hubspot?.calls) throw new Error('no HubSpot');
  const { calls } = hubspot;
  const limits: typeof calls.limits = (...given) => ({ ...calls.limits(...given), perSecond: undefined });
  known.set('hubspot', { ...hubspot, calls: { ...calls, limits } });
}

const templates = ['commitment:sms', 'neutral:sms', 'simplification:sms'];

async function paced(bench: Bench, given: Case, at: number): Promise<(string | number)[]> {
  const { url, child } = await receiving(
    given.kind,
    (given.columns ?? []).map((name) => `ensayo_${name}`).join(),
  );
  const { context, close } = await openWorkspace(
    readConfig({
      workspace: `${bench.folder}/${at}`,
      threads: bench.threads,
      memoryLimit: '2GB',
      delivery: { scheduleMs: standardSchedule, callTimeoutMs: 30_000, allowedPrivate: ['127.0.0.1'] },
    }),
  );
  try {
    unhurried(context);
    await putCrowd(context, bench.accounts);
    await putDestination(context, 'hook', given.kind, { ...given.options, url });
    const fixed = { language: 'es', state: 'approved' as const, approvedBy: 'owner', by: 'owner' };
    for (const template of given.mapping ? templates : [])
      await writeMapping(context.engine, 'hook', {
        ...{ ...fixed, template, mapping: given.mapping ?? {} },
        changedAt: '2026-03-01T00:00:00Z',
      });
    if (given.columns) {
      await putPastDue(context);
      await putSync(context, { mode: 'full', columns: given.columns });
    }
    const job = given.columns
      ? { kind: 'sync', input: { syncId: 'sync', destination: 'hook' } }
      : {
          kind: 'deliver',
          input: {
            batchId: (await runJob<Batch>(context, 'check', { experimentId: 'exp', touch: 1 })).id,
            destination: 'hook',
          },
        };
    const result = await sent(context, job, child.pid);
    const calls = await context.engine.first<{ n: number }>(
      raw('SELECT CAST(count(*) AS BIGINT) AS n FROM export_calls'),
    );
    if (result.run.states.acknowledged !== result.run.rows)
      throw new Error(JSON.stringify(result.run.states));
    bench.tell(`${given.what}: ${Math.round(result.run.rows / result.sending)} rows a second`);
    return [given.what, ...sentRow(result, calls?.n ?? 0)];
  } finally {
    await close();
    child.kill();
  }
}

export default defineMeasure({
  title: 'Sending call by call',
  about:
    'Messages of a cleared batch, and for SendGrid a sync of attributes, to willing receivers of this machine, each in a process of its own that reads every call as its vendor documents it: frozen, asked about once more, marked and committed before each call, sent, settled. Sending is the step after freezing. Limits of the vendors’ own are honoured but for HubSpot’s 25 calls a second, which would be all there is to measure. A webhook’s calls hold 20 kB, about 23 messages.',
  accounts: 100_000,
  async run(bench) {
    const rows: (string | number)[][] = [];
    for (const [at, one] of cases.entries()) rows.push(await paced(bench, one, at));
    return { head: ['receiver', ...sentHead], rows };
  },
});
