WITH made AS (
  SELECT r.promise_id, r.account_id, r.made_at, r.due_on, r.amount, r.kept, CAST(date_trunc('month', r.made_at) AS DATE) AS month, (r.due_on + 3 * INTERVAL 1 DAY) <= CAST('2026-08-31' AS DATE) AS matured
  FROM current_promises AS r
  WHERE (r.made_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND (r.made_at >= CAST('2026-05-01' AS DATE)) AND (r.account_id, date_diff('month', CAST('2000-01-01' AS DATE), r.made_at) - 1) IN (SELECT (account_id, month) FROM (SELECT account_id, customer_id, month FROM (SELECT s.account_id, date_diff('month', CAST('2000-01-01' AS DATE), s.as_of) AS month, s.as_of, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state,
    a.currency AS currency, s.balance AS balance, a.customer_id
  FROM (SELECT account_id, CAST(date_trunc('month', as_of) AS DATE) AS month, as_of, days_past_due, balance, arrears, status FROM current_snapshots WHERE (as_of >= CAST('2026-04-01' AS DATE)) AND (as_of < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY))) AS s
  JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a LEFT JOIN current_customers AS c ON c.customer_id = a.customer_id WHERE (substr(c.jurisdiction, 1, 2) = 'CO') AND (a.account_id IN (SELECT account_id FROM segment_members WHERE segment_id = '0199aaaa-0000-7000-8000-000000000001'))) AS a ON a.account_id = s.account_id) AS b
    WHERE state = '30-59') AS o)
), paid AS (
  SELECT r.promise_id, sum(p.amount) AS paid
  FROM made AS r
  JOIN current_payments AS p ON p.account_id = r.account_id AND p.paid_at >= CAST(r.made_at AS DATE)
    AND p.paid_at < (r.due_on + 4 * INTERVAL 1 DAY) AND NOT coalesce(p.reversed, false)
  WHERE r.matured GROUP BY r.promise_id
), spoken AS (
  SELECT CAST(date_trunc('month', k.sent_at) AS DATE) AS month, CAST(count(*) FILTER (WHERE k.right_party) AS BIGINT) AS right_party, count(k.right_party) AS noted
  FROM (SELECT k.* FROM current_contacts AS k WHERE (k.sent_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND (k.sent_at >= CAST('2026-05-01' AS DATE)) AND CASE WHEN k.account_id IS NOT NULL THEN (k.account_id, date_diff('month', CAST('2000-01-01' AS DATE), k.sent_at) - 1) IN (SELECT (account_id, month) FROM (SELECT account_id, customer_id, month FROM (SELECT s.account_id, date_diff('month', CAST('2000-01-01' AS DATE), s.as_of) AS month, s.as_of, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state,
    a.currency AS currency, s.balance AS balance, a.customer_id
  FROM (SELECT account_id, CAST(date_trunc('month', as_of) AS DATE) AS month, as_of, days_past_due, balance, arrears, status FROM current_snapshots WHERE (as_of >= CAST('2026-04-01' AS DATE)) AND (as_of < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY))) AS s
  JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a LEFT JOIN current_customers AS c ON c.customer_id = a.customer_id WHERE (substr(c.jurisdiction, 1, 2) = 'CO') AND (a.account_id IN (SELECT account_id FROM segment_members WHERE segment_id = '0199aaaa-0000-7000-8000-000000000001'))) AS a ON a.account_id = s.account_id) AS b
    WHERE state = '30-59') AS o) ELSE (k.customer_id, date_diff('month', CAST('2000-01-01' AS DATE), k.sent_at) - 1) IN (SELECT (customer_id, month) FROM (SELECT account_id, customer_id, month FROM (SELECT s.account_id, date_diff('month', CAST('2000-01-01' AS DATE), s.as_of) AS month, s.as_of, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state,
    a.currency AS currency, s.balance AS balance, a.customer_id
  FROM (SELECT account_id, CAST(date_trunc('month', as_of) AS DATE) AS month, as_of, days_past_due, balance, arrears, status FROM current_snapshots WHERE (as_of >= CAST('2026-04-01' AS DATE)) AND (as_of < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY))) AS s
  JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a LEFT JOIN current_customers AS c ON c.customer_id = a.customer_id WHERE (substr(c.jurisdiction, 1, 2) = 'CO') AND (a.account_id IN (SELECT account_id FROM segment_members WHERE segment_id = '0199aaaa-0000-7000-8000-000000000001'))) AS a ON a.account_id = s.account_id) AS b
    WHERE state = '30-59') AS o) END) AS k GROUP BY 1
), promised AS (
  SELECT r.month, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS promises, CAST(count(*) FILTER (WHERE r.matured) AS BIGINT) AS matured,
    CAST(count(*) FILTER (WHERE r.matured AND coalesce(p.paid, 0) >= 0.95 * r.amount) AS BIGINT) AS kept,
    CAST(count(*) FILTER (WHERE r.matured AND r.kept IS NOT NULL) AS BIGINT) AS noted, CAST(count(*) FILTER (WHERE r.matured AND r.kept) AS BIGINT) AS noted_kept
  FROM made AS r LEFT JOIN paid AS p ON p.promise_id = r.promise_id GROUP BY 1
)
SELECT CAST(coalesce(a.month, s.month) AS VARCHAR) AS month, CASE WHEN s.noted > 0 THEN s.right_party END AS right_party,
  coalesce(a.promises, 0) AS promises, coalesce(a.matured, 0) AS matured, coalesce(a.kept, 0) AS kept,
  coalesce(a.noted, 0) AS noted, coalesce(a.noted_kept, 0) AS noted_kept
FROM promised AS a FULL JOIN spoken AS s ON s.month = a.month
ORDER BY 1
-- []
