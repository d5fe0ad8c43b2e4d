SELECT CAST(count(*) FILTER (WHERE earlier = 0) AS BIGINT) AS affected, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS looked_at,
  substr(string_agg(CASE WHEN earlier = 0 THEN code END, ', ' ORDER BY code), 1, 200) AS codes
FROM (
  SELECT "jurisdiction" AS code, CAST(count(*) FILTER (WHERE load_id < 2) AS BIGINT) AS earlier, CAST(count(*) FILTER (WHERE load_id = 2) AS BIGINT) AS latest
  FROM "customers" WHERE "jurisdiction" IS NOT NULL AND load_id IN (1, 2) GROUP BY 1
) AS c WHERE latest > 0;
