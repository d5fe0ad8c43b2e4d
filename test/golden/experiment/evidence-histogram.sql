SELECT arm, y0 AS value, CAST(count(*) AS BIGINT) AS n
    FROM (SELECT "arm" AS arm, CAST("cash" AS DOUBLE) AS y0 FROM (SELECT * FROM units) t WHERE "arm" IS NOT NULL) u WHERE y0 IS NOT NULL GROUP BY arm, y0 ORDER BY arm, value
-- []
