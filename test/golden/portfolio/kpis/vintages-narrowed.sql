WITH states AS (
  SELECT s.account_id, date_diff('month', CAST('2000-01-01' AS DATE), s.as_of) AS month, s.as_of, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state,
    a.currency AS currency, s.balance AS balance, s.days_past_due
  FROM (SELECT account_id, CAST(date_trunc('month', as_of) AS DATE) AS month, as_of, days_past_due, balance, arrears, status FROM current_snapshots WHERE (as_of < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY))) AS s
  JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a LEFT JOIN current_customers AS c ON c.customer_id = a.customer_id WHERE (substr(c.jurisdiction, 1, 2) = 'CO') AND (a.account_id IN (SELECT account_id FROM segment_members WHERE segment_id = '0199aaaa-0000-7000-8000-000000000001'))) AS a ON a.account_id = s.account_id
), lives AS (
  SELECT account_id, min(month) AS seen,
    min(CASE WHEN days_past_due >= 1 AND state NOT IN ('charged_off', 'closed') THEN month END) AS entered,
    min(CASE WHEN days_past_due >= 1 AND state NOT IN ('charged_off', 'closed') THEN as_of END) AS entered_on,
    min(CASE WHEN state = 'charged_off' THEN month END) AS charged_off
  FROM states GROUP BY account_id
), cohorts AS (
  SELECT v.account_id, a.currency, v.entered AS cohort, v.entered_on AS began,
    least(v.charged_off, CASE WHEN a.charged_off_on <= CAST('2026-08-31' AS DATE) THEN date_diff('month', CAST('2000-01-01' AS DATE), a.charged_off_on) END) AS charged_off
  FROM lives AS v JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a LEFT JOIN current_customers AS c ON c.customer_id = a.customer_id WHERE (substr(c.jurisdiction, 1, 2) = 'CO') AND (a.account_id IN (SELECT account_id FROM segment_members WHERE segment_id = '0199aaaa-0000-7000-8000-000000000001'))) AS a ON a.account_id = v.account_id
  WHERE v.entered IS NOT NULL AND (v.entered > v.seen OR date_diff('month', CAST('2000-01-01' AS DATE), a.opened_on) = v.seen) AND v.entered_on >= CAST('2026-05-01' AS DATE) AND (v.account_id, v.entered) IN (SELECT (account_id, month) FROM states WHERE state = '30-59')
), cures AS (
  SELECT c.account_id, min(s.month) AS cured
  FROM cohorts AS c
  JOIN (
    SELECT account_id, min(month) AS late FROM states WHERE days_past_due > 0 AND state NOT IN ('charged_off', 'closed') GROUP BY account_id
  ) AS l ON l.account_id = c.account_id
  JOIN states AS s ON s.account_id = c.account_id AND s.state = '0' AND s.month > greatest(c.cohort, l.late)
  GROUP BY c.account_id
)
SELECT 'accounts' AS kind, cohort, 'USD' AS currency, 0 AS month_on_book, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS accounts, NULL AS cash FROM cohorts GROUP BY 2, 3
UNION ALL
SELECT 'cured', c.cohort, 'USD', u.cured - c.cohort, CAST(count(*) FILTER (WHERE true) AS BIGINT), NULL FROM cohorts AS c JOIN cures AS u ON u.account_id = c.account_id GROUP BY 2, 3, 4
UNION ALL
SELECT 'charged_off', cohort, 'USD', greatest(0, charged_off - cohort), CAST(count(*) FILTER (WHERE true) AS BIGINT), NULL FROM cohorts WHERE charged_off IS NOT NULL GROUP BY 2, 3, 4
UNION ALL
SELECT 'cash', c.cohort, 'USD', date_diff('month', CAST('2000-01-01' AS DATE), p.paid_at) - c.cohort, NULL, sum(CASE WHEN c.currency = 'USD' THEN p.amount ELSE CAST(p.amount * x.rate AS DECIMAL(18,2)) END)
FROM cohorts AS c
JOIN current_payments AS p ON p.account_id = c.account_id AND p.paid_at >= (c.began + 1 * INTERVAL 1 DAY)
  AND p.paid_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY) AND NOT coalesce(p.reversed, false)
  LEFT JOIN (SELECT r.currency, CAST((r.valid_on + d.n * INTERVAL 1 DAY) AS DATE) AS day, r.rate
  FROM (
    SELECT currency, valid_on, rate,
      coalesce(lead(valid_on) OVER (PARTITION BY currency ORDER BY valid_on), CAST((CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) AS next_on
    FROM current_exchange_rates
    WHERE quote_currency = 'USD' AND currency <> 'USD' AND valid_on <= CAST('2026-08-31' AS DATE)
  ) AS r
  JOIN (SELECT range AS n FROM range(0, 36600 + 1)) AS d ON d.n < date_diff('day', r.valid_on, r.next_on)) AS x ON x.currency = c.currency AND x.day = CAST(p.paid_at AS DATE)
GROUP BY 2, 3, 4
UNION ALL
SELECT 'payments_from', NULL, NULL, date_diff('month', CAST('2000-01-01' AS DATE), min(p.paid_at)), NULL, NULL FROM current_payments AS p
ORDER BY 1, 2, 3, 4
-- []
