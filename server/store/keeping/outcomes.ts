import type { ForgetLine } from '#core/contract/portfolio/keeping.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { lineOf } from './erase.ts';

/**
 * Keeps, under the random name, what became of a person in each of their experiments, as the metric counts it: whether
 * on some day of balances within the horizon every account they had at assignment was there with 0 days past due;
 * what they paid, by currency; contacts, complaints and opt-outs. Not observed days leave `cleared` null.
 */
export async function keepOutcomes(
  session: Session,
  customerId: string,
  token: string,
): Promise<ForgetLine[]> {
  const rows = await session.run(sql`INSERT INTO kept_outcomes
WITH mine AS (
  SELECT a.experiment_id, CAST(a.assigned_at AS DATE) AS assigned_on, d.as_of,
    CAST(a.assigned_at AS DATE) + CAST(coalesce(d.design ->> '$.metric.horizonDays', '30') AS INTEGER) AS horizon_ends
  FROM assignments a JOIN designs d ON d.experiment_id = a.experiment_id WHERE a.customer_id = ${customerId}
), held AS (
  SELECT m.experiment_id, m.assigned_on, m.horizon_ends, k.account_id, k.currency
  FROM mine m JOIN ${current('accounts')} k ON k.customer_id = ${customerId}
  JOIN ${current('snapshots')} s ON s.account_id = k.account_id AND s.as_of = m.as_of
), days AS (
  SELECT h.experiment_id, s.as_of, count(*) FILTER (WHERE s.days_past_due = 0 AND coalesce(s.status, '') NOT IN ('charged_off', 'sold', 'written_off')) AS clear
  FROM held h JOIN ${current('snapshots')} s ON s.account_id = h.account_id AND s.as_of > h.assigned_on AND s.as_of <= h.horizon_ends
  GROUP BY h.experiment_id, s.as_of
), seen AS (
  SELECT d.experiment_id, max(d.as_of) AS observed_until, bool_or(d.clear = n.accounts) AS cleared, min(d.as_of) FILTER (WHERE d.clear = n.accounts) AS cleared_on
  FROM days d JOIN (SELECT experiment_id, count(*) AS accounts FROM held GROUP BY experiment_id) n ON n.experiment_id = d.experiment_id
  GROUP BY d.experiment_id
), paid AS (
  SELECT experiment_id, json_group_object(currency, amount) AS paid FROM (
    SELECT h.experiment_id, h.currency, CAST(CAST(sum(p.amount) AS DECIMAL(18,2)) AS VARCHAR) AS amount
    FROM held h JOIN ${current('payments')} p ON p.account_id = h.account_id AND NOT coalesce(p.reversed, false)
      AND p.paid_at >= h.assigned_on AND CAST(p.paid_at AS DATE) <= h.horizon_ends
    GROUP BY h.experiment_id, h.currency ORDER BY h.currency) x GROUP BY experiment_id
), touched AS (
  SELECT m.experiment_id, count(*) AS contacts, count(*) FILTER (WHERE c.delivered) AS delivered
  FROM mine m JOIN ${current('contacts')} c ON c.customer_id = ${customerId} AND c.experiment_id = m.experiment_id GROUP BY m.experiment_id
), complained AS (
  SELECT m.experiment_id, count(*) AS complaints FROM mine m JOIN ${current('complaints')} q ON q.customer_id = ${customerId}
    AND q.occurred_at >= m.assigned_on AND CAST(q.occurred_at AS DATE) <= m.horizon_ends GROUP BY m.experiment_id
), stopped AS (
  SELECT DISTINCT m.experiment_id FROM mine m JOIN ${current('contact_permissions')} r ON r.customer_id = ${customerId}
    AND r.revoked_at >= m.assigned_on AND CAST(r.revoked_at AS DATE) <= m.horizon_ends
)
SELECT m.experiment_id, ${token}, m.assigned_on, m.horizon_ends, s.observed_until, s.cleared, s.cleared_on, coalesce(p.paid, '{}'),
  coalesce(t.contacts, 0), coalesce(t.delivered, 0), coalesce(q.complaints, 0), o.experiment_id IS NOT NULL
FROM mine m LEFT JOIN seen s USING (experiment_id) LEFT JOIN paid p USING (experiment_id) LEFT JOIN touched t USING (experiment_id)
LEFT JOIN complained q USING (experiment_id) LEFT JOIN stopped o USING (experiment_id)
WHERE NOT EXISTS (SELECT 1 FROM kept_outcomes k WHERE k.customer_id = ${token} AND k.experiment_id = m.experiment_id)
ORDER BY m.experiment_id`);
  if (rows === 0) return [];
  return [
    {
      ...lineOf('kept_outcomes', 'kept', rows),
      why: {
        es: 'Lo que pasó en sus experimentos queda bajo un nombre al azar, para que las cuentas no cambien.',
        en: 'What happened in their experiments stays under a random name, so that counts do not change.',
      },
    },
  ];
}

export const experimentsOf = async (session: Session, customerId: string): Promise<number> =>
  (
    await session.first<{ n: number }>(
      sql`SELECT CAST(count(DISTINCT experiment_id) AS BIGINT) AS n FROM assignments WHERE customer_id = ${customerId}`,
    )
  )?.n ?? 0;

export const modelsTrained = async (session: Session): Promise<number> =>
  (await session.first<{ n: number }>(raw('SELECT CAST(count(*) AS BIGINT) AS n FROM model_versions')))?.n ??
  0;
