WITH lost AS (SELECT s.account_id, min(s.as_of) AS first_on FROM "current_snapshots" s WHERE s.status IN ('charged_off', 'written_off', 'sold') GROUP BY s.account_id),
on_dates AS (SELECT s.account_id, a.customer_id, s.as_of, s.days_past_due, s.balance, coalesce(s.status, '') AS status,
  CASE WHEN a.charged_off_on <= s.as_of THEN a.charged_off_on WHEN l.first_on <= s.as_of THEN l.first_on END AS lost_on
  FROM "current_snapshots" s JOIN "current_accounts" a ON a.account_id = s.account_id LEFT JOIN lost l ON l.account_id = s.account_id
  WHERE s.as_of IN (CAST(? AS DATE)))
SELECT s.account_id, s.customer_id, s.as_of, s.days_past_due, CASE WHEN s.status = 'sold' THEN 'sold'
    WHEN s.status IN ('closed', 'paid_off') THEN 'closed'
    WHEN date_diff('day', s.lost_on, s.as_of) > ? THEN 'old'
    WHEN coalesce(s.balance, 0) <= 0 THEN 'no_balance' END AS excluded,
  CASE WHEN s.lost_on IS NULL THEN 0 WHEN date_diff('day', s.lost_on, s.as_of) <= 92 THEN 1 ELSE 0 END AS recent
FROM on_dates s WHERE s.lost_on IS NOT NULL
-- ["2026-01-31",730]
