WITH states AS (
  SELECT s.account_id, date_diff('month', CAST('2000-01-01' AS DATE), s.as_of) AS month, s.as_of, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state,
    a.currency AS currency, s.balance AS balance, a.charged_off_on
  FROM (SELECT account_id, CAST(date_trunc('month', as_of) AS DATE) AS month, as_of, days_past_due, balance, arrears, status FROM current_snapshots WHERE (as_of >= CAST('2026-03-01' AS DATE)) AND (as_of < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY))) AS s
  JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a) AS a ON a.account_id = s.account_id
), pairs AS (
  SELECT e.account_id, e.currency, e.month, e.charged_off_on, e.state AS before, CASE WHEN e.state IN ('charged_off', 'closed') THEN e.state
    WHEN l.state IS NOT NULL THEN l.state
    WHEN e.charged_off_on <= last_day((last_day(e.as_of) + 1 * INTERVAL 1 DAY)) THEN 'charged_off'
    ELSE 'left_observation' END AS after, e.balance
  FROM states AS e LEFT JOIN states AS l ON l.account_id = e.account_id AND l.month = e.month + 1
  WHERE e.month IN (314, 315, 316, 317, 318) AND true AND true
)
SELECT month, currency, state, NULL AS before, NULL AS after, accounts, balance
FROM (
SELECT month, currency, state, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS accounts, sum(balance) FILTER (WHERE balance > 0) AS balance
FROM states WHERE state <> 'charged_off' GROUP BY month, currency, state
UNION ALL
SELECT month + 1, currency, after, CAST(count(*) FILTER (WHERE true) AS BIGINT), sum(balance) FILTER (WHERE balance > 0)
FROM pairs WHERE after = 'charged_off' AND before <> 'charged_off' GROUP BY month, currency, after
) AS k
UNION ALL
SELECT NULL, currency, NULL, before, after, CAST(count(*) FILTER (WHERE true) AS BIGINT), NULL FROM pairs GROUP BY currency, before, after
ORDER BY 1, 2, 3, 4, 5
-- []
