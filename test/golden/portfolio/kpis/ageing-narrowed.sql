SELECT CAST(max(as_of) OVER (PARTITION BY month) AS VARCHAR) AS as_of, currency, bucket, accounts, balance,
  CAST(positive AS DOUBLE) AS positive
FROM (
  SELECT month, max(as_of) AS as_of, currency, state AS bucket, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS accounts,
    sum(balance) AS balance, sum(balance) FILTER (WHERE balance > 0) AS positive
  FROM (SELECT s.account_id, date_diff('month', CAST('2000-01-01' AS DATE), s.as_of) AS month, s.as_of, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state,
    'USD' AS currency, CASE WHEN a.currency = 'USD' THEN s.balance ELSE CAST(s.balance * x.rate AS DECIMAL(18,2)) END AS balance
  FROM (SELECT account_id, CAST(date_trunc('month', as_of) AS DATE) AS month, as_of, days_past_due, balance, arrears, status FROM current_snapshots WHERE (as_of >= CAST('2026-05-01' AS DATE)) AND (as_of < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY))) AS s
  JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a LEFT JOIN current_customers AS c ON c.customer_id = a.customer_id WHERE (substr(c.jurisdiction, 1, 2) = 'CO') AND (a.account_id IN (SELECT account_id FROM segment_members WHERE segment_id = '0199aaaa-0000-7000-8000-000000000001'))) AS a ON a.account_id = s.account_id
  LEFT JOIN (SELECT r.currency, CAST((r.valid_on + d.n * INTERVAL 1 DAY) AS DATE) AS day, r.rate
  FROM (
    SELECT currency, valid_on, rate,
      coalesce(lead(valid_on) OVER (PARTITION BY currency ORDER BY valid_on), CAST((CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) AS next_on
    FROM current_exchange_rates
    WHERE quote_currency = 'USD' AND currency <> 'USD' AND valid_on <= CAST('2026-08-31' AS DATE)
  ) AS r
  JOIN (SELECT range AS n FROM range(0, 36600 + 1)) AS d ON d.n < date_diff('day', r.valid_on, r.next_on)) AS x ON x.currency = a.currency AND x.day = s.as_of) AS s
  GROUP BY month, currency, state
) AS g
ORDER BY month, currency, bucket
-- []
