SELECT greatest(coalesce(max(CASE WHEN place = 2 THEN accounts END) - max(CASE WHEN place = 1 THEN accounts END), 0), 0) AS affected,
  coalesce(max(CASE WHEN place = 2 THEN accounts END), 0) AS looked_at
FROM (
  SELECT accounts, row_number() OVER (ORDER BY month DESC) AS place
  FROM (SELECT CAST(date_trunc('month', as_of) AS DATE) AS month, count(DISTINCT account_id) AS accounts FROM current_snapshots
    WHERE as_of >= ((SELECT max(as_of) FROM current_snapshots) + -62 * INTERVAL 1 DAY) GROUP BY 1) AS m
) AS p;
