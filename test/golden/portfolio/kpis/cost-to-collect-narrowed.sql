WITH spent AS (
  SELECT CAST(date_trunc('month', k.sent_at) AS DATE) AS month, 'USD' AS currency, k.channel, NULL AS agency, CASE WHEN coalesce(a.currency, h.currency) = 'USD' THEN k.cost ELSE CAST(k.cost * x.rate AS DECIMAL(18,2)) END AS amount
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
  LEFT JOIN current_accounts AS a ON a.account_id = k.account_id
  LEFT JOIN (
    SELECT customer_id, min(currency) AS currency FROM current_accounts GROUP BY customer_id HAVING min(currency) = max(currency)
  ) AS h ON h.customer_id = CASE WHEN k.account_id IS NULL THEN k.customer_id END
  LEFT JOIN (SELECT r.currency, CAST((r.valid_on + d.n * INTERVAL 1 DAY) AS DATE) AS day, r.rate
  FROM (
    SELECT currency, valid_on, rate,
      coalesce(lead(valid_on) OVER (PARTITION BY currency ORDER BY valid_on), CAST((CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) AS next_on
    FROM current_exchange_rates
    WHERE quote_currency = 'USD' AND currency <> 'USD' AND valid_on <= CAST('2026-08-31' AS DATE)
  ) AS r
  JOIN (SELECT range AS n FROM range(0, 36600 + 1)) AS d ON d.n < date_diff('day', r.valid_on, r.next_on)) AS x ON x.currency = coalesce(a.currency, h.currency) AND x.day = CAST(k.sent_at AS DATE)
  WHERE k.cost IS NOT NULL AND coalesce(a.currency, h.currency) IS NOT NULL
  UNION ALL
  SELECT CAST(date_trunc('month', t.occurred_at) AS DATE), 'USD', NULL, t.agency, CASE WHEN t.currency = 'USD' THEN t.amount ELSE CAST(t.amount * x.rate AS DECIMAL(18,2)) END
  FROM current_costs AS t
  LEFT JOIN (SELECT r.currency, CAST((r.valid_on + d.n * INTERVAL 1 DAY) AS DATE) AS day, r.rate
  FROM (
    SELECT currency, valid_on, rate,
      coalesce(lead(valid_on) OVER (PARTITION BY currency ORDER BY valid_on), CAST((CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) AS next_on
    FROM current_exchange_rates
    WHERE quote_currency = 'USD' AND currency <> 'USD' AND valid_on <= CAST('2026-08-31' AS DATE)
  ) AS r
  JOIN (SELECT range AS n FROM range(0, 36600 + 1)) AS d ON d.n < date_diff('day', r.valid_on, r.next_on)) AS x ON x.currency = t.currency AND x.day = CAST(t.occurred_at AS DATE)
  WHERE (t.occurred_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND (t.occurred_at >= CAST('2026-05-01' AS DATE)) AND true AND t.account_id IS NOT NULL AND (t.account_id, date_diff('month', CAST('2000-01-01' AS DATE), t.occurred_at) - 1) IN (SELECT (account_id, month) FROM (SELECT account_id, customer_id, month FROM (SELECT s.account_id, date_diff('month', CAST('2000-01-01' AS DATE), s.as_of) AS month, s.as_of, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state,
    a.currency AS currency, s.balance AS balance, a.customer_id
  FROM (SELECT account_id, CAST(date_trunc('month', as_of) AS DATE) AS month, as_of, days_past_due, balance, arrears, status FROM current_snapshots WHERE (as_of >= CAST('2026-04-01' AS DATE)) AND (as_of < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY))) AS s
  JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a LEFT JOIN current_customers AS c ON c.customer_id = a.customer_id WHERE (substr(c.jurisdiction, 1, 2) = 'CO') AND (a.account_id IN (SELECT account_id FROM segment_members WHERE segment_id = '0199aaaa-0000-7000-8000-000000000001'))) AS a ON a.account_id = s.account_id) AS b
    WHERE state = '30-59') AS o)
), collected AS (
  SELECT p.account_id, p.paid_at, CAST(date_trunc('month', p.paid_at) AS DATE) AS month, 'USD' AS currency, CASE WHEN a.currency = 'USD' THEN p.amount ELSE CAST(p.amount * x.rate AS DECIMAL(18,2)) END AS amount
  FROM current_payments AS p JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a LEFT JOIN current_customers AS c ON c.customer_id = a.customer_id WHERE (substr(c.jurisdiction, 1, 2) = 'CO') AND (a.account_id IN (SELECT account_id FROM segment_members WHERE segment_id = '0199aaaa-0000-7000-8000-000000000001'))) AS a ON a.account_id = p.account_id
  LEFT JOIN (SELECT r.currency, CAST((r.valid_on + d.n * INTERVAL 1 DAY) AS DATE) AS day, r.rate
  FROM (
    SELECT currency, valid_on, rate,
      coalesce(lead(valid_on) OVER (PARTITION BY currency ORDER BY valid_on), CAST((CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) AS next_on
    FROM current_exchange_rates
    WHERE quote_currency = 'USD' AND currency <> 'USD' AND valid_on <= CAST('2026-08-31' AS DATE)
  ) AS r
  JOIN (SELECT range AS n FROM range(0, 36600 + 1)) AS d ON d.n < date_diff('day', r.valid_on, r.next_on)) AS x ON x.currency = a.currency AND x.day = CAST(p.paid_at AS DATE)
  WHERE NOT coalesce(p.reversed, false) AND (p.paid_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND (p.paid_at >= CAST('2026-05-01' AS DATE)) AND (p.account_id, date_diff('month', CAST('2000-01-01' AS DATE), p.paid_at) - 1) IN (SELECT (account_id, month) FROM (SELECT account_id, customer_id, month FROM (SELECT s.account_id, date_diff('month', CAST('2000-01-01' AS DATE), s.as_of) AS month, s.as_of, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state,
    a.currency AS currency, s.balance AS balance, a.customer_id
  FROM (SELECT account_id, CAST(date_trunc('month', as_of) AS DATE) AS month, as_of, days_past_due, balance, arrears, status FROM current_snapshots WHERE (as_of >= CAST('2026-04-01' AS DATE)) AND (as_of < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY))) AS s
  JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a LEFT JOIN current_customers AS c ON c.customer_id = a.customer_id WHERE (substr(c.jurisdiction, 1, 2) = 'CO') AND (a.account_id IN (SELECT account_id FROM segment_members WHERE segment_id = '0199aaaa-0000-7000-8000-000000000001'))) AS a ON a.account_id = s.account_id) AS b
    WHERE state = '30-59') AS o)
)
SELECT 'cost' AS kind, CAST(month AS VARCHAR) AS month, currency, channel, agency, sum(amount) AS amount, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS items FROM spent GROUP BY 2, 3, 4, 5
UNION ALL
SELECT 'cash', CAST(month AS VARCHAR), currency, NULL, NULL, sum(amount), 0 FROM collected GROUP BY 2, 3
UNION ALL
SELECT 'cash', CAST(c.month AS VARCHAR), c.currency, NULL, w.agency, sum(c.amount), 0
FROM collected AS c
JOIN current_placements AS w ON w.account_id = c.account_id AND c.paid_at >= w.placed_on
  AND (w.returned_on IS NULL OR c.paid_at < (w.returned_on + 1 * INTERVAL 1 DAY))
GROUP BY 2, 3, 5
ORDER BY 1, 2, 3, 4, 5
-- []
