import { raw, sql } from '#core/sql/sql.ts';
import { loadFile, writeInput } from '../files/load.ts';
import type { TrialWorkspace } from '../trials/simulated-trial.ts';

/**
 * Payments that clear everything late, the day after entering, of about half the people to whom their arm speaks: `late`
 * those so many days past due or more, `early` the others. Who pays is drawn from their name.
 */
export async function plantResponses(
  workspace: TrialWorkspace,
  experimentId: string,
  { late, early, days }: { late: string; early: string; days: number },
): Promise<number> {
  const rows = await workspace.context.engine.rows<{ account: string; day: string; amount: string }>(sql`
    WITH states AS (
      SELECT g.customer_id, g.arm, g.entered_on, a.account_id, s.arrears, s.days_past_due,
        max(s.days_past_due) OVER (PARTITION BY g.customer_id) AS latest
      FROM assignments g JOIN current_accounts a ON a.customer_id = g.customer_id
      JOIN current_snapshots s ON s.account_id = a.account_id
        AND s.as_of = (SELECT max(as_of) FROM current_snapshots WHERE as_of <= g.entered_on)
      WHERE g.experiment_id = ${experimentId}
    )
    SELECT account_id AS account, CAST(CAST(entered_on AS DATE) + 1 AS VARCHAR) AS day,
      CAST(CAST(3 * arrears AS DECIMAL(18,2)) AS VARCHAR) AS amount
    FROM states WHERE days_past_due > 0 AND ${raw("md5_number_lower('pays' || customer_id) % 2 = 0")}
      AND arm = CASE WHEN latest >= ${days} THEN ${late} ELSE ${early} END
    ORDER BY account_id`);
  const lines = rows.map(
    ({ account, day, amount }, i) => `planted-${i},${account},${day} 10:00:00,${amount}`,
  );
  const file = ['payment_id,account_id,paid_at,amount', ...lines].join('\n');
  await loadFile(workspace, writeInput(workspace, 'planted/payments.csv', file));
  return rows.length;
}
