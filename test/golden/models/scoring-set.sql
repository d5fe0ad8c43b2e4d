WITH candidates AS (SELECT s.account_id, a.customer_id, s.as_of, s.days_past_due,
  CASE WHEN s.status = 'closed' THEN 'closed' END AS excluded, 1 AS new_entries
FROM current_snapshots s JOIN current_accounts a ON a.account_id = s.account_id
WHERE s.as_of IN (CAST(? AS DATE)) AND s.days_past_due >= ?),
population AS (SELECT account_id, customer_id, as_of FROM candidates WHERE excluded IS NULL)
SELECT p.account_id, p.as_of, CAST(f0."age" AS DOUBLE) AS "age",
  CAST(f1."kind" AS VARCHAR) AS "kind"
FROM population p
LEFT JOIN (SELECT p.*, 1 AS age, 'card' AS kind FROM population p) f0 ON f0.account_id = p.account_id AND f0.as_of = p.as_of
LEFT JOIN (SELECT p.*, 1 AS age, 'card' AS kind FROM population p) f1 ON f1.account_id = p.account_id AND f1.as_of = p.as_of
-- ["2005-09-30",1]
