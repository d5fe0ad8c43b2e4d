SELECT currency, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS accounts,
  CAST(sum(balance) FILTER (WHERE state NOT IN ('charged_off', 'closed')) AS VARCHAR) AS balance,
  CAST(sum(arrears) FILTER (WHERE state NOT IN ('charged_off', 'closed')) AS VARCHAR) AS arrears,
  coalesce(CAST(sum(balance) FILTER (WHERE balance > 0 AND days_past_due >= 90 AND state NOT IN ('charged_off', 'closed')) AS DOUBLE), 0) / nullif(CAST(sum(balance) FILTER (WHERE balance > 0 AND state NOT IN ('charged_off', 'closed')) AS DOUBLE), 0) AS over90
FROM (
  SELECT a.currency, s.days_past_due, s.balance, s.arrears, CASE
    WHEN a.charged_off_on <= s.as_of OR s.status = 'charged_off' THEN 'charged_off'
    WHEN s.status = 'closed' THEN 'closed'
    ELSE CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END END AS state
  FROM current_accounts AS a
  LEFT JOIN (
    SELECT account_id, CAST(date_trunc('month', as_of) AS DATE) AS month, as_of, days_past_due, balance, arrears, status FROM current_snapshots WHERE (as_of >= (SELECT CAST(date_trunc('month', max(as_of)) AS DATE) FROM current_snapshots))
  ) AS s ON s.account_id = a.account_id
) AS b
GROUP BY currency
ORDER BY currency;
