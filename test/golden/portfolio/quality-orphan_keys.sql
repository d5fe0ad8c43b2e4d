SELECT CAST(count(*) FILTER (WHERE h."customer_id" IS NULL AND t."customer_id" IS NOT NULL) AS BIGINT) AS affected,
  CAST(count(*) FILTER (WHERE t."customer_id" IS NOT NULL) AS BIGINT) AS looked_at, 'customers' AS home
FROM "current_accounts" AS t LEFT JOIN "current_customers" AS h ON h."customer_id" = t."customer_id";
