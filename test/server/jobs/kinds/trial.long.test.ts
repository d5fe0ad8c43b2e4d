import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import { readSimulation } from '#server/store/experiments/simulation.ts';
import { putTrial } from '../../../support/trials/trial-fixture.ts';
import { openTestWorkspace, type TestWorkspace } from '../../../support/workspace.ts';

let workspace: TestWorkspace;
let truth: Sql;

const run = async (kind: string, input: unknown) => {
  const { jobs } = workspace.context;
  const job = await jobs.finished((await jobs.submit({ kind, input, by: 'owner' })).id);
  if (job.state !== 'done') throw new Error(`${job.error?.code}: ${job.error?.message}`);
};

beforeAll(async () => {
  workspace = await openTestWorkspace();
  await run('sample', { accounts: 170_000, seed: 5, months: 7 });
  const simulation = await readSimulation(workspace.context.engine);
  truth = workspace.context.engine.dialect.parquetFile(join(workspace.folder, simulation!.truth[0]!));
  const late = `SELECT DISTINCT a.customer_id FROM current_snapshots s JOIN current_accounts a USING (account_id) WHERE s.as_of = DATE '2026-10-31' AND s.status = 'active' AND s.days_past_due BETWEEN 1 AND 29`;
  await putTrial(workspace.context, {
    id: 'trial',
    people: raw(
      `SELECT customer_id, CASE WHEN md5('trial:' || customer_id) < '8' THEN 'neutral' ELSE 'social_proof' END AS arm FROM (${late}) JOIN current_contact_permissions p USING (customer_id) JOIN current_contact_points c USING (customer_id, channel) WHERE p.channel = 'sms' AND p.revoked_at IS NULL AND c.valid`,
    ),
    arms: ['neutral', 'social_proof'],
    plannedAt: '2026-11-02 16:00:00',
  });
  await run('simulate', { days: 30 });
}, 600_000);
afterAll(() => workspace.close());

interface Result {
  arm: string;
  people: number;
  cleared: number;
  expected: number;
}

it('a trial of some 20,000 people shows the effect that was planted', async () => {
  const results = await workspace.context.engine.rows<Result>(sql`
WITH late AS (SELECT a.account_id, g.arm FROM current_snapshots s JOIN current_accounts a USING (account_id) JOIN assignments g USING (customer_id) WHERE s.as_of = DATE '2026-10-31' AND s.status = 'active' AND s.days_past_due BETWEEN 1 AND 29),
paid AS (SELECT DISTINCT account_id FROM current_payments WHERE paid_at >= TIMESTAMP '2026-11-01' AND payment_id LIKE '%-2')
SELECT arm, CAST(count(*) AS BIGINT) AS people, avg(CAST(p.account_id IS NOT NULL AS INTEGER)) AS cleared,
  avg(t.p_cure_30_no_contact + 0.97 * CASE WHEN arm = 'neutral' THEN t.effect_neutral_sms ELSE t.effect_social_proof_sms END) AS expected
FROM late JOIN ${truth} t USING (account_id) LEFT JOIN paid p USING (account_id) GROUP BY arm ORDER BY arm`);
  const [neutral, social] = results as [Result, Result];
  console.info(results);
  expect(neutral.people + social.people).toBeGreaterThan(18_000);
  const error = Math.sqrt(0.25 / neutral.people + 0.25 / social.people);
  for (const { people, cleared, expected } of results)
    expect(Math.abs(cleared - expected)).toBeLessThan(4 * Math.sqrt(0.25 / people));
  const lift = social.cleared - neutral.cleared;
  const planted = social.expected - neutral.expected;
  expect(planted).toBeGreaterThan(0.012);
  expect(lift).toBeGreaterThan(0);
  expect(Math.abs(lift - planted)).toBeLessThan(3 * error);
});
