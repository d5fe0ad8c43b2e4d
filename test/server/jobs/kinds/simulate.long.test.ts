import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Load } from '#core/contract/portfolio/loads.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { readSimulation } from '#server/store/experiments/simulation.ts';
import { withdrawLoad } from '#server/store/loading/withdraw.ts';
import { workspaceToday } from '#server/store/workspace.ts';
import { changeArms, putTrial } from '../../../support/trials/trial-fixture.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

interface Outcome {
  account_id: string;
  responder: string;
  reacts_to: string;
  cleared_on: string | null;
}

let workspace: TestWorkspace;
let truth: string;

const run = async (kind: string, input: unknown) => {
  const { jobs } = workspace.context;
  const job = await jobs.finished((await jobs.submit({ kind, input, by: 'owner' })).id);
  if (job.state !== 'done') throw new Error(`${job.error?.code}: ${job.error?.message}`);
  return job.result as { today: string; load: Load };
};

/** Late accounts of the trial on the last date of the sample, with the day on which their arrears were cleared. */
const outcomes = () =>
  workspace.context.engine.rows<Outcome>(
    sql`SELECT a.account_id, t.responder, t.reacts_to, CAST(min(CAST(p.paid_at AS DATE)) AS VARCHAR) AS cleared_on
FROM current_snapshots s JOIN current_accounts a USING (account_id) JOIN assignments g ON g.customer_id = a.customer_id
JOIN ${workspace.context.engine.dialect.parquetFile(truth)} t USING (account_id)
LEFT JOIN current_payments p ON p.account_id = a.account_id AND p.paid_at >= TIMESTAMP '2026-11-01' AND (p.payment_id LIKE '%-2' OR p.payment_id LIKE '%-3')
WHERE s.as_of = DATE '2026-10-31' AND s.days_past_due > 0 AND s.status = 'active' GROUP BY ALL ORDER BY a.account_id`,
  );

const count = async (statement: string): Promise<number> =>
  (await workspace.context.engine.first<{ n: number }>(raw(statement)))?.n ?? 0;

beforeAll(async () => {
  workspace = await openTestWorkspace();
  await run('sample', { accounts: 10_000, seed: 11, months: 7 });
  const simulation = await readSimulation(workspace.context.engine);
  truth = join(workspace.folder, simulation!.truth[0]!);
  await putTrial(workspace.context, {
    id: 'trial',
    people: raw(`SELECT customer_id, 'neutral' AS arm FROM current_customers`),
    arms: ['neutral', 'social_proof'],
    plannedAt: '2026-11-03 16:00:00',
  });
}, 120_000);
afterAll(() => workspace.close());

describe('simulate', () => {
  let neutral: Outcome[];
  let first: Load;

  it('moves the clock on and publishes what happened as one live, simulated load', async () => {
    const { today, load } = await run('simulate', { days: 30 });
    first = load;
    expect(today).toBe('2026-11-30');
    expect(await workspaceToday(workspace.context)).toBe('2026-11-30');
    expect(load).toMatchObject({ state: 'live', simulated: true, rejected: 0 });
    expect(
      await count(`SELECT count(*) AS n FROM current_snapshots WHERE as_of = DATE '2026-11-30'`),
    ).toBeGreaterThan(9_000);
    expect(
      await count(`SELECT count(*) AS n FROM current_payments WHERE paid_at >= TIMESTAMP '2026-12-01'`),
    ).toBe(0);
    neutral = await outcomes();
    expect(neutral.length).toBeGreaterThan(1_500);
  });

  it('sends the exported messages at their planned instant with the arm’s style, and leaves people of a trial alone otherwise', async () => {
    const sent = await workspace.context.engine.rows(
      raw(
        `SELECT DISTINCT style, arm, channel, CAST(sent_at AS VARCHAR) AS sent_at, propensity FROM current_contacts WHERE experiment_id = 'trial'`,
      ),
    );
    expect(sent).toEqual([
      { style: 'neutral', arm: 'neutral', channel: 'sms', sent_at: '2026-11-03 16:00:00', propensity: 0.5 },
    ]);
    const others = `SELECT count(*) AS n FROM current_contacts WHERE sent_at > TIMESTAMP '2026-11-03 16:00:00'`;
    expect(await count(others)).toBe(0);
  });

  it('goes back when the load is undone, and does the same again', async () => {
    await withdrawLoad(workspace.context, first.loadId, 'owner');
    expect(await workspaceToday(workspace.context)).toBe('2026-10-31');
    const { load } = await run('simulate', { days: 30 });
    const hashes = (one: Load) => one.files.map(({ name, sha256 }) => [name, sha256]);
    expect(hashes(load)).toEqual(hashes(first));
    await withdrawLoad(workspace.context, load.loadId, 'owner');
  });

  it('in two moves gives what one move gives', async () => {
    await run('simulate', { days: 13 });
    await run('simulate', { days: 17 });
    expect(await outcomes()).toEqual(neutral);
    for (const { loadId } of (await readSimulation(workspace.context.engine))!.reached.slice(1).reverse())
      await withdrawLoad(workspace.context, loadId, 'owner');
  });

  it('with another arm changes nobody whom that style does not touch, and helps those it does', async () => {
    await changeArms(workspace.context, 'trial', 'social_proof');
    await run('simulate', { days: 30 });
    const social = await outcomes();
    expect(social.map(({ account_id }) => account_id)).toEqual(neutral.map(({ account_id }) => account_id));
    let earlier = 0;
    for (const [i, after] of social.entries()) {
      const before = neutral[i]!;
      const untouched =
        after.reacts_to !== 'styles' || after.responder === 'nobody' || after.responder === 'any_reminder';
      if (untouched) expect(after.cleared_on).toBe(before.cleared_on);
      if (after.reacts_to === 'styles' && after.responder === 'social_proof') {
        expect((after.cleared_on ?? '9') <= (before.cleared_on ?? '9')).toBe(true);
        if (after.cleared_on !== before.cleared_on) earlier++;
      }
    }
    expect(earlier).toBeGreaterThan(10);
    const cured = (rows: readonly Outcome[]) => rows.filter(({ cleared_on }) => cleared_on !== null).length;
    expect(cured(social)).toBeGreaterThan(cured(neutral));
  });
});

it('refuses a portfolio that is not simulated', async () => {
  const plain = await openTestWorkspace();
  try {
    const { jobs } = plain.context;
    const job = await jobs.finished(
      (await jobs.submit({ kind: 'simulate', input: { days: 1 }, by: 'owner' })).id,
    );
    expect(job.error?.code).toBe('not_simulated');
  } finally {
    await plain.close();
  }
});
