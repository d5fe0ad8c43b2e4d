WITH monthly AS (SELECT account_id, CAST(date_trunc('month', as_of) AS DATE) AS month, as_of, days_past_due, balance, arrears, status FROM current_snapshots WHERE (as_of >= CAST(date_trunc('month', (CAST(date_trunc('month', CAST('2026-01-31' AS DATE)) AS DATE) + -1 * INTERVAL 1 DAY)) AS DATE)) AND (as_of < (last_day(CAST(date_trunc('month', CAST('2026-01-31' AS DATE)) AS DATE)) + 1 * INTERVAL 1 DAY))),
earlier AS (
  SELECT s.account_id, a.charged_off_on, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state
  FROM monthly AS s JOIN current_accounts AS a ON a.account_id = s.account_id
  WHERE s.month = CAST(date_trunc('month', (CAST(date_trunc('month', CAST('2026-01-31' AS DATE)) AS DATE) + -1 * INTERVAL 1 DAY)) AS DATE)
),
later AS (
  SELECT s.account_id, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state
  FROM monthly AS s JOIN current_accounts AS a ON a.account_id = s.account_id
  WHERE s.month = CAST(date_trunc('month', CAST('2026-01-31' AS DATE)) AS DATE)
)
SELECT earlier.state AS before,
  CASE WHEN earlier.state IN ('charged_off', 'closed') THEN earlier.state
    WHEN later.state IS NOT NULL THEN later.state
    WHEN earlier.charged_off_on <= last_day(CAST(date_trunc('month', CAST('2026-01-31' AS DATE)) AS DATE)) THEN 'charged_off'
    ELSE 'left_observation' END AS after,
  CAST(count(*) FILTER (WHERE true) AS BIGINT) AS accounts
FROM earlier LEFT JOIN later ON later.account_id = earlier.account_id
GROUP BY 1, 2
ORDER BY 1, 2;
