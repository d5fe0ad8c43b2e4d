SELECT CAST(count(*) FILTER (WHERE months < span) AS BIGINT) AS affected, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS looked_at
FROM (
  SELECT account_id, count(*) AS months, 1 + date_diff('month', min(month), max(month)) AS span
  FROM (SELECT t.account_id, CAST(date_trunc('month', t.as_of) AS DATE) AS month FROM "current_snapshots" AS t GROUP BY 1, 2) AS m
  GROUP BY account_id
) AS a;
