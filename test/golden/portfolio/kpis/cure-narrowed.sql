WITH states AS (
  SELECT s.account_id, date_diff('month', CAST('2000-01-01' AS DATE), s.as_of) AS month, s.as_of, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state,
    'USD' AS currency, CASE WHEN a.currency = 'USD' THEN s.balance ELSE CAST(s.balance * x.rate AS DECIMAL(18,2)) END AS balance, a.charged_off_on, s.days_past_due
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
  JOIN (SELECT range AS n FROM range(0, 36600 + 1)) AS d ON d.n < date_diff('day', r.valid_on, r.next_on)) AS x ON x.currency = a.currency AND x.day = s.as_of
), pairs AS (
  SELECT e.account_id, e.currency, e.month, e.charged_off_on, e.state AS before, CASE WHEN e.state IN ('charged_off', 'closed') THEN e.state
    WHEN l.state IS NOT NULL THEN l.state
    WHEN e.charged_off_on <= last_day((last_day(e.as_of) + 1 * INTERVAL 1 DAY)) THEN 'charged_off'
    ELSE 'left_observation' END AS after, e.balance
  FROM states AS e LEFT JOIN states AS l ON l.account_id = e.account_id AND l.month = e.month + 1
  WHERE e.month IN (316, 317, 318) AND e.state = '30-59' AND e.state IN ('1-29', '30-59', '60-89', '90-119', '120-179', '180+')
)
SELECT p.month, p.before AS bucket, p.of, p.cured, p.improved, p.closed, coalesce(f.followed, 0) AS followed, coalesce(f.again, 0) AS again
FROM (
  SELECT month, before, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS of, CAST(count(*) FILTER (WHERE after = '0') AS BIGINT) AS cured,
    CAST(count(*) FILTER (WHERE after <> '0' AND CASE WHEN after = '0' THEN 0 WHEN after = '1-29' THEN 1 WHEN after = '30-59' THEN 2 WHEN after = '60-89' THEN 3 WHEN after = '90-119' THEN 4 WHEN after = '120-179' THEN 5 WHEN after = '180+' THEN 6 END < CASE WHEN before = '0' THEN 0 WHEN before = '1-29' THEN 1 WHEN before = '30-59' THEN 2 WHEN before = '60-89' THEN 3 WHEN before = '90-119' THEN 4 WHEN before = '120-179' THEN 5 WHEN before = '180+' THEN 6 END) AS BIGINT) AS improved,
    CAST(count(*) FILTER (WHERE after = 'closed') AS BIGINT) AS closed
  FROM pairs GROUP BY month, before
) AS p
LEFT JOIN (
  SELECT c.month, c.before, CAST(count(*) FILTER (WHERE again OR closed OR last_month = c.month + 4) AS BIGINT) AS followed,
    CAST(count(*) FILTER (WHERE again) AS BIGINT) AS again
  FROM (
    SELECT c.month, c.before, c.account_id, coalesce(max(CASE WHEN f.days_past_due >= 30 AND f.state <> 'closed' OR f.state = 'charged_off' THEN 1 ELSE 0 END), 0) = 1 OR coalesce(date_diff('month', CAST('2000-01-01' AS DATE), c.charged_off_on) <= c.month + 4, false) AS again,
      coalesce(max(CASE WHEN f.state = 'closed' THEN 1 ELSE 0 END), 0) = 1 AS closed, max(f.month) AS last_month
    FROM pairs AS c
    LEFT JOIN states AS f ON f.account_id = c.account_id AND f.month > c.month + 1 AND f.month <= c.month + 4
    WHERE c.after = '0'
    GROUP BY c.month, c.before, c.account_id, c.charged_off_on
  ) AS c GROUP BY c.month, c.before
) AS f ON f.month = p.month AND f.before = p.before
ORDER BY p.month, p.before
-- []
