SELECT CAST(count(*) FILTER (WHERE "birth_year" IS NOT NULL) AS BIGINT) AS affected, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS looked_at FROM "current_customers";
