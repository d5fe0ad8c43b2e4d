SELECT CAST(count(*) FILTER (WHERE t.amount <= 0 AND NOT coalesce(t.reversed, false)) AS BIGINT) AS affected, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS looked_at FROM "current_payments" AS t;
