SELECT CAST(count(*) FILTER (WHERE earlier = 0) AS BIGINT) AS affected, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS looked_at,
  substr(string_agg(CASE WHEN earlier > 0 THEN NULL WHEN regexp_full_match(code, '([^@ ]+@[^@ ]+\.[A-Za-z]{2,})|(\+[0-9][0-9 ()-]{7,16})|([0-9]{4}[ -][0-9]{4}[ -][0-9]{4}[ -][0-9]{4})|([A-Z]{4}[0-9]{6}[HM][A-Z]{5}[A-Z0-9][0-9])|([A-ZÑ&]{4}[0-9]{6}[A-Z0-9]{3})|([0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2})|((20|23|24|27|30|33|34)-[0-9]{8}-[0-9])|([0-9]{1,2}\.[0-9]{3}\.[0-9]{3}-[0-9kK])|([0-9]{8}[A-HJ-NP-TV-Z])') THEN '•••' ELSE code END, ', ' ORDER BY code), 1, 200) AS codes
FROM (
  SELECT "jurisdiction" AS code, CAST(count(*) FILTER (WHERE load_id < 2) AS BIGINT) AS earlier, CAST(count(*) FILTER (WHERE load_id = 2) AS BIGINT) AS latest
  FROM "customers" WHERE "jurisdiction" IS NOT NULL AND load_id IN (1, 2) GROUP BY 1
) AS c WHERE latest > 0;
