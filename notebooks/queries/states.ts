import { type Sql, sql } from '#core/sql/sql.ts';

/** Table `states`, from snapshots and accounts: where each account stood at the end of each month it was seen in. */
export const createStates = sql`CREATE TABLE states AS
SELECT *, date_trunc('month', as_of) AS month, CASE
  WHEN charged_off_on <= as_of OR status = 'charged_off' THEN 'charged_off'
  WHEN status = 'closed' THEN 'closed'
  WHEN days_past_due = 0 THEN '0' WHEN days_past_due < 30 THEN '1-29' WHEN days_past_due < 60 THEN '30-59'
  WHEN days_past_due < 90 THEN '60-89' WHEN days_past_due < 120 THEN '90-119'
  WHEN days_past_due < 180 THEN '120-179' ELSE '180+' END AS state
FROM (SELECT s.*, a.currency, a.charged_off_on FROM snapshots s JOIN accounts a ON a.account_id = s.account_id)
QUALIFY row_number() OVER (PARTITION BY account_id, month ORDER BY as_of DESC) = 1`;

/** By month, of the accounts that stood in a state a month before: how many (n) and how many are at 0 now (cured). */
export const returnsFrom = (state: string): Sql => sql`
SELECT CAST(max(later.as_of) AS VARCHAR) AS "asOf", count(*) AS n,
  count(*) FILTER (WHERE later.state = '0') AS cured
FROM states earlier LEFT JOIN states later
  ON later.account_id = earlier.account_id AND later.month = earlier.month + INTERVAL 1 MONTH
WHERE earlier.state = ${state} AND earlier.month < (SELECT max(month) FROM states)
GROUP BY earlier.month ORDER BY earlier.month`;
