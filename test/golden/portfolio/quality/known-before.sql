SELECT CAST(count(*) FILTER (WHERE t.known_at < t.paid_at) AS BIGINT) AS affected, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS looked_at FROM "current_payments" AS t;
