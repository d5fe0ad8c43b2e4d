WITH placed AS (
  SELECT p.account_id, p.agency, p.placed_on, CAST(date_trunc('month', p.placed_on) AS DATE) AS cohort, a.currency AS account_currency, 'USD' AS currency,
    CASE WHEN a.currency = 'USD' THEN p.balance_placed ELSE CAST(p.balance_placed * x.rate AS DECIMAL(18,2)) END AS balance_placed, least(CAST((p.placed_on + 90 * INTERVAL 1 DAY) AS DATE), coalesce(p.returned_on, CAST((p.placed_on + 90 * INTERVAL 1 DAY) AS DATE))) AS ends_on,
    CAST((p.placed_on + 90 * INTERVAL 1 DAY) AS DATE) <= CAST('2026-08-31' AS DATE) AS matured
  FROM current_placements AS p JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a LEFT JOIN current_customers AS c ON c.customer_id = a.customer_id WHERE (substr(c.jurisdiction, 1, 2) = 'CO') AND (a.account_id IN (SELECT account_id FROM segment_members WHERE segment_id = '0199aaaa-0000-7000-8000-000000000001'))) AS a ON a.account_id = p.account_id
  LEFT JOIN (SELECT r.currency, CAST((r.valid_on + d.n * INTERVAL 1 DAY) AS DATE) AS day, r.rate
  FROM (
    SELECT currency, valid_on, rate,
      coalesce(lead(valid_on) OVER (PARTITION BY currency ORDER BY valid_on), CAST((CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) AS next_on
    FROM current_exchange_rates
    WHERE quote_currency = 'USD' AND currency <> 'USD' AND valid_on <= CAST('2026-08-31' AS DATE)
  ) AS r
  JOIN (SELECT range AS n FROM range(0, 36600 + 1)) AS d ON d.n < date_diff('day', r.valid_on, r.next_on)) AS x ON x.currency = a.currency AND x.day = p.placed_on
  WHERE (p.placed_on < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND (p.placed_on >= CAST('2026-05-01' AS DATE)) AND (p.account_id, date_diff('month', CAST('2000-01-01' AS DATE), p.placed_on) - 1) IN (SELECT (account_id, month) FROM (SELECT account_id, customer_id, month FROM (SELECT s.account_id, date_diff('month', CAST('2000-01-01' AS DATE), s.as_of) AS month, s.as_of, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state,
    a.currency AS currency, s.balance AS balance, a.customer_id
  FROM (SELECT account_id, CAST(date_trunc('month', as_of) AS DATE) AS month, as_of, days_past_due, balance, arrears, status FROM current_snapshots WHERE (as_of >= CAST('2026-04-01' AS DATE)) AND (as_of < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY))) AS s
  JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a LEFT JOIN current_customers AS c ON c.customer_id = a.customer_id WHERE (substr(c.jurisdiction, 1, 2) = 'CO') AND (a.account_id IN (SELECT account_id FROM segment_members WHERE segment_id = '0199aaaa-0000-7000-8000-000000000001'))) AS a ON a.account_id = s.account_id) AS b
    WHERE state = '30-59') AS o)
), collected AS (
  SELECT w.account_id, w.agency, w.placed_on, sum(CASE WHEN w.account_currency = 'USD' THEN y.amount ELSE CAST(y.amount * x.rate AS DECIMAL(18,2)) END) AS cash
  FROM placed AS w
  JOIN current_payments AS y ON y.account_id = w.account_id AND y.paid_at >= w.placed_on
    AND y.paid_at < (w.ends_on + 1 * INTERVAL 1 DAY) AND NOT coalesce(y.reversed, false)
  LEFT JOIN (SELECT r.currency, CAST((r.valid_on + d.n * INTERVAL 1 DAY) AS DATE) AS day, r.rate
  FROM (
    SELECT currency, valid_on, rate,
      coalesce(lead(valid_on) OVER (PARTITION BY currency ORDER BY valid_on), CAST((CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) AS next_on
    FROM current_exchange_rates
    WHERE quote_currency = 'USD' AND currency <> 'USD' AND valid_on <= CAST('2026-08-31' AS DATE)
  ) AS r
  JOIN (SELECT range AS n FROM range(0, 36600 + 1)) AS d ON d.n < date_diff('day', r.valid_on, r.next_on)) AS x ON x.currency = w.account_currency AND x.day = CAST(y.paid_at AS DATE)
  WHERE w.matured GROUP BY 1, 2, 3
)
SELECT CAST(w.cohort AS VARCHAR) AS cohort, w.currency, NULL AS agency,
  CAST(count(*) FILTER (WHERE true) AS BIGINT) AS placements, CAST(count(*) FILTER (WHERE w.matured) AS BIGINT) AS matured,
  sum(w.balance_placed) FILTER (WHERE w.matured) AS balance_placed,
  sum(coalesce(c.cash, 0)) FILTER (WHERE w.matured) AS cash
FROM placed AS w LEFT JOIN collected AS c ON c.account_id = w.account_id AND c.agency = w.agency AND c.placed_on = w.placed_on
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3
-- []
