SELECT greatest(coalesce(max(CASE WHEN place = 2 THEN accounts END) - max(CASE WHEN place = 1 THEN accounts END), 0), 0) AS affected,
  coalesce(max(CASE WHEN place = 2 THEN accounts END), 0) AS looked_at
FROM (
  SELECT accounts, row_number() OVER (ORDER BY month DESC) AS place
  FROM (SELECT CAST(date_trunc('month', t.as_of) AS DATE) AS month, count(DISTINCT t.account_id) AS accounts FROM "current_snapshots" AS t
    WHERE t.as_of >= ((SELECT max(as_of) FROM "current_snapshots" AS l) + -62 * INTERVAL 1 DAY) GROUP BY 1) AS m
) AS p;
