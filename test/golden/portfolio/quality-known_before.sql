SELECT CAST(count(*) FILTER (WHERE known_at < paid_at) AS BIGINT) AS affected, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS looked_at FROM "current_payments";
