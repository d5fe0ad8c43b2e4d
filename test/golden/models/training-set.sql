WITH candidates AS (SELECT s.account_id, a.customer_id, s.as_of, s.days_past_due,
  CASE WHEN s.status = 'closed' THEN 'closed' END AS excluded, 1 AS new_entries
FROM current_snapshots s JOIN current_accounts a ON a.account_id = s.account_id
WHERE s.as_of IN (CAST(? AS DATE)) AND s.days_past_due >= ?),
at_risk AS (SELECT c.* FROM candidates c WHERE c.excluded IS NULL AND CAST((md5_number(('train:7:' || c.customer_id)) >> 0) & 4294967295 AS BIGINT) < ?),
outcomes AS (SELECT q.account_id, q.as_of, 'seen' AS outcome, CASE WHEN s.days_past_due = 0 THEN 1 ELSE 0 END AS target
FROM at_risk q JOIN (SELECT CAST(? AS DATE) AS as_of, CAST(? AS DATE) AS next_on) d ON d.as_of = q.as_of
JOIN current_snapshots s ON s.account_id = q.account_id AND s.as_of = d.next_on),
population AS (SELECT r.*, o.target
  FROM at_risk r JOIN outcomes o ON o.account_id = r.account_id AND o.as_of = r.as_of
  WHERE o.target IS NOT NULL)
SELECT CAST(p.target AS DOUBLE) AS row_target, p.as_of AS row_day,
  CAST(dense_rank() OVER (ORDER BY p.customer_id) AS INTEGER) AS row_group,
  CASE WHEN p.days_past_due >= 180 THEN '180+' WHEN p.days_past_due >= 120 THEN '120-179' WHEN p.days_past_due >= 90 THEN '90-119' WHEN p.days_past_due >= 60 THEN '60-89' WHEN p.days_past_due >= 30 THEN '30-59' WHEN p.days_past_due >= 1 THEN '1-29' WHEN p.days_past_due >= 0 THEN '0' END AS row_bucket,
  a.product_type AS row_product,
  CAST(p.new_entries AS DOUBLE) AS slice_new_entries,
  f."age",
  f."kind"
FROM population p
JOIN (SELECT p.account_id, p.as_of, CAST(f0."age" AS DOUBLE) AS "age",
  CAST(f1."kind" AS VARCHAR) AS "kind"
FROM population p
LEFT JOIN (SELECT p.*, 1 AS age, 'card' AS kind FROM population p) f0 ON f0.account_id = p.account_id AND f0.as_of = p.as_of
LEFT JOIN (SELECT p.*, 1 AS age, 'card' AS kind FROM population p) f1 ON f1.account_id = p.account_id AND f1.as_of = p.as_of) f ON f.account_id = p.account_id AND f.as_of = p.as_of
LEFT JOIN "current_accounts" a ON a.account_id = p.account_id
ORDER BY p.as_of, p.account_id
-- ["2005-07-31",1,1073741824,"2005-07-31","2005-08-31"]
