SELECT count(CASE WHEN earlier = 0 THEN 1 END) AS affected, count(*) AS looked_at,
  substr(string_agg(CASE WHEN earlier = 0 THEN code END, ', ' ORDER BY code), 1, 200) AS codes
FROM (
  SELECT "jurisdiction" AS code, count(CASE WHEN load_id < 2 THEN 1 END) AS earlier, count(CASE WHEN load_id = 2 THEN 1 END) AS latest
  FROM "current_customers" WHERE "jurisdiction" IS NOT NULL GROUP BY 1
) AS c WHERE latest > 0;
