import { type Client, createClient } from '#core/contract/client.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import type { Job } from '#core/contract/jobs.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { callerOn } from '#server/cli/connection.ts';
import { runLine } from '#server/cli/demo-line.ts';
import { plans } from '#server/cli/demo-plans.ts';
import type { Context } from '#server/context.ts';
import { openTestWorkspace, type TestWorkspace } from './workspace.ts';

export interface FullWorkspace extends TestWorkspace {
  client: Client;
  /** Runs a job to its end; throws its error. */
  outcome<T>(job: Job): Promise<T>;
}

/** A client and a way to wait on a workspace that is open. */
export async function clientOn(context: Context): Promise<Pick<FullWorkspace, 'client' | 'outcome'>> {
  return {
    client: createClient(await callerOn(context)),
    async outcome<T>(job: Job) {
      const ended = await context.jobs.finished(job.id);
      if (ended.state !== 'done') throw new Error(`${ended.error?.code}: ${ended.error?.message}`);
      return ended.result as T;
    },
  };
}

/** A simulated portfolio with the whole line run on it, to the export and two days after. */
export async function openFullWorkspace(): Promise<FullWorkspace & { run: ExportRun }> {
  const workspace = await openTestWorkspace();
  const { context } = workspace;
  const { client, outcome } = await clientOn(context);
  const plan = plans.simulated({ accounts: '5000', seed: '7' });
  await runLine(
    { client, finished: (job) => context.jobs.finished(job.id) },
    { ...plan, load: { sample: { body: { accounts: 5000, seed: 7, months: 9 } } } },
    () => {},
  );
  await outcome(await client.system.simulate({ body: { days: 2 } }));
  const [run] = (await client.exports.list()).exports;
  return { ...workspace, client, outcome, run: run as ExportRun };
}

/** Somebody who was sent a message, with an address, payments, contacts and a promise. */
export async function somebody(context: Context): Promise<string> {
  const row = await context.engine.first<{ customer_id: string }>(sql`SELECT r.customer_id FROM export_rows r
    WHERE r.state = 'written' AND r.customer_id IN (SELECT customer_id FROM contact_points)
      AND r.customer_id IN (SELECT a.customer_id FROM accounts a JOIN promises p ON p.account_id = a.account_id)
      AND r.customer_id IN (SELECT a.customer_id FROM accounts a JOIN payments p ON p.account_id = a.account_id)
    ORDER BY md5(r.customer_id) LIMIT 1`);
  return row?.customer_id ?? '';
}

/** Every string by which somebody can be known in the workspace. */
export async function stringsOf(context: Context, customerId: string): Promise<string[]> {
  const own = sql`SELECT account_id FROM accounts WHERE customer_id = ${customerId}`;
  const parts = [
    sql`SELECT ${customerId} AS v`,
    own,
    ...['payments.payment_id', 'promises.promise_id'].map((name) => {
      const [table = '', column = ''] = name.split('.');
      return sql`SELECT ${raw(column)} FROM ${raw(table)} WHERE account_id IN (${own})`;
    }),
    ...[
      'contacts.contact_id',
      'complaints.complaint_id',
      'contact_points.address',
      'assignments.assignment_id',
      'export_rows.message_key',
    ].map((name) => {
      const [table = '', column = ''] = name.split('.');
      return sql`SELECT ${raw(column)} FROM ${raw(table)} WHERE customer_id = ${customerId}`;
    }),
  ];
  const found: string[] = [];
  for (const part of parts)
    found.push(
      ...(await context.engine.rows<Record<string, string>>(part)).map((row) => Object.values(row)[0] ?? ''),
    );
  return [...new Set(found.filter(Boolean))];
}
