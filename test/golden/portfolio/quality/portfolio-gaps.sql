SELECT coalesce(1 + date_diff('month', min(month), max(month)) - count(DISTINCT month), 0) AS affected, coalesce(1 + date_diff('month', min(month), max(month)), 0) AS looked_at
FROM (SELECT CAST(date_trunc('month', t.as_of) AS DATE) AS month FROM "current_snapshots" AS t) AS m;
