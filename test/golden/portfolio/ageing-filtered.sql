SELECT CAST(max(as_of) OVER (PARTITION BY month) AS VARCHAR) AS as_of, currency, bucket, accounts, balance
FROM (
  SELECT s.month, max(s.as_of) AS as_of, a.currency, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS bucket,
    CAST(count(*) FILTER (WHERE true) AS BIGINT) AS accounts, CAST(sum(s.balance) AS DOUBLE) AS balance
  FROM (SELECT account_id, month, as_of, days_past_due, balance, arrears, status FROM (
    SELECT account_id, CAST(date_trunc('month', as_of) AS DATE) AS month, as_of, days_past_due, balance, arrears, status, row_number() OVER (PARTITION BY "account_id", CAST(date_trunc('month', as_of) AS DATE) ORDER BY as_of DESC) AS place FROM current_snapshots) AS p WHERE place = 1) AS s
  JOIN current_accounts AS a ON a.account_id = s.account_id JOIN current_customers AS c ON c.customer_id = a.customer_id
  WHERE (a.currency = 'COP') AND (a.product_type = 'd''or') AND (substr(c.jurisdiction, 1, 2) = 'CO')
  GROUP BY s.month, a.currency, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END
) AS g
ORDER BY month, currency, bucket;
