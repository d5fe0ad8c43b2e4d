WITH delivered AS (
  SELECT k.contact_id, k.customer_id, k.channel, k.style, k.sent_at
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
    WHERE state = '30-59') AS o) END) AS k WHERE coalesce(k.delivered, true)
), complained AS (
  SELECT q.complaint_id AS event_id, q.customer_id, q.channel, q.occurred_at AS happened_at
    FROM current_complaints AS q WHERE (q.occurred_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND (q.occurred_at >= CAST('2026-05-01' AS DATE)) AND (q.customer_id, date_diff('month', CAST('2000-01-01' AS DATE), q.occurred_at) - 1) IN (SELECT (customer_id, month) FROM (SELECT account_id, customer_id, month FROM (SELECT s.account_id, date_diff('month', CAST('2000-01-01' AS DATE), s.as_of) AS month, s.as_of, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state,
    a.currency AS currency, s.balance AS balance, a.customer_id
  FROM (SELECT account_id, CAST(date_trunc('month', as_of) AS DATE) AS month, as_of, days_past_due, balance, arrears, status FROM current_snapshots WHERE (as_of >= CAST('2026-04-01' AS DATE)) AND (as_of < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY))) AS s
  JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a LEFT JOIN current_customers AS c ON c.customer_id = a.customer_id WHERE (substr(c.jurisdiction, 1, 2) = 'CO') AND (a.account_id IN (SELECT account_id FROM segment_members WHERE segment_id = '0199aaaa-0000-7000-8000-000000000001'))) AS a ON a.account_id = s.account_id) AS b
    WHERE state = '30-59') AS o)
), withdrawn AS (
  SELECT (w.customer_id || ' ' || w.channel) AS event_id, w.customer_id, w.channel, w.revoked_at AS happened_at
    FROM current_contact_permissions AS w WHERE w.revoked_at IS NOT NULL AND (w.revoked_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND (w.revoked_at >= CAST('2026-05-01' AS DATE))
      AND (w.customer_id, date_diff('month', CAST('2000-01-01' AS DATE), w.revoked_at) - 1) IN (SELECT (customer_id, month) FROM (SELECT account_id, customer_id, month FROM (SELECT s.account_id, date_diff('month', CAST('2000-01-01' AS DATE), s.as_of) AS month, s.as_of, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state,
    a.currency AS currency, s.balance AS balance, a.customer_id
  FROM (SELECT account_id, CAST(date_trunc('month', as_of) AS DATE) AS month, as_of, days_past_due, balance, arrears, status FROM current_snapshots WHERE (as_of >= CAST('2026-04-01' AS DATE)) AND (as_of < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY))) AS s
  JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a LEFT JOIN current_customers AS c ON c.customer_id = a.customer_id WHERE (substr(c.jurisdiction, 1, 2) = 'CO') AND (a.account_id IN (SELECT account_id FROM segment_members WHERE segment_id = '0199aaaa-0000-7000-8000-000000000001'))) AS a ON a.account_id = s.account_id) AS b
    WHERE state = '30-59') AS o)
), events AS (
  SELECT 'complaints' AS measure, c.contact_id FROM (
  SELECT e.event_id, arg_max(k.contact_id, ROW(k.sent_at, k.contact_id)) AS contact_id
  FROM complained AS e JOIN delivered AS k ON k.customer_id = e.customer_id
  WHERE (e.channel IS NULL OR k.channel = e.channel) AND k.sent_at <= e.happened_at
    AND k.sent_at >= (e.happened_at + -30 * INTERVAL 1 DAY)
  GROUP BY e.event_id) AS c
  UNION ALL
  SELECT 'opt_outs', o.contact_id FROM (
  SELECT e.event_id, arg_max(k.contact_id, ROW(k.sent_at, k.contact_id)) AS contact_id
  FROM withdrawn AS e JOIN delivered AS k ON k.customer_id = e.customer_id
  WHERE (e.channel IS NULL OR k.channel = e.channel) AND k.sent_at <= e.happened_at
    AND k.sent_at >= (e.happened_at + -30 * INTERVAL 1 DAY)
  GROUP BY e.event_id) AS o
)
SELECT 'delivered' AS measure, channel, style, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS events FROM delivered GROUP BY 2, 3
UNION ALL
SELECT e.measure, k.channel, k.style, CAST(count(*) FILTER (WHERE true) AS BIGINT) FROM events AS e JOIN delivered AS k ON k.contact_id = e.contact_id GROUP BY 1, 2, 3
UNION ALL
SELECT 'all_complaints', NULL, NULL, CAST(count(*) FILTER (WHERE true) AS BIGINT) FROM complained
UNION ALL
SELECT 'all_opt_outs', NULL, NULL, CAST(count(*) FILTER (WHERE true) AS BIGINT) FROM withdrawn
UNION ALL
SELECT 'permissions', NULL, NULL, CAST(count(*) FILTER (WHERE true) AS BIGINT) FROM current_contact_permissions
ORDER BY 1, 2, 3
-- []
