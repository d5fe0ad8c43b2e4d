SELECT CAST(count(*) FILTER (WHERE amount <= 0 AND NOT coalesce(reversed, false)) AS BIGINT) AS affected, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS looked_at FROM "current_payments";
