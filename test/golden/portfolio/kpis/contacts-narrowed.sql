SELECT k.channel, k.style, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS sent,
    CAST(count(*) FILTER (WHERE true AND k.delivered IS NOT NULL) AS BIGINT) AS delivered_of,
    CAST(count(*) FILTER (WHERE true AND k.delivered) AS BIGINT) AS delivered,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.opened IS NOT NULL) AS BIGINT) AS opened_of,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.opened) AS BIGINT) AS opened,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.clicked IS NOT NULL) AS BIGINT) AS clicked_of,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.clicked) AS BIGINT) AS clicked,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.replied IS NOT NULL) AS BIGINT) AS replied_of,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.replied) AS BIGINT) AS replied,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.right_party IS NOT NULL) AS BIGINT) AS right_party_of,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.right_party) AS BIGINT) AS right_party,
    CAST(count(DISTINCT CASE WHEN k.right_party IS NOT NULL THEN k.customer_id END) AS BIGINT) AS contactability_of,
    CAST(count(DISTINCT CASE WHEN k.right_party THEN k.customer_id END) AS BIGINT) AS contactability
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
    WHERE state = '30-59') AS o) END) AS k
GROUP BY k.channel, k.style
ORDER BY k.channel, k.style
-- []
