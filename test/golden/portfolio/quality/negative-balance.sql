SELECT CAST(count(*) FILTER (WHERE t.balance < 0) AS BIGINT) AS affected, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS looked_at FROM "current_snapshots" AS t;
