SELECT CAST(count(*) FILTER (WHERE NOT regexp_full_match(t.currency, '[A-Z]{3}')) AS BIGINT) AS affected, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS looked_at FROM "current_accounts" AS t;
