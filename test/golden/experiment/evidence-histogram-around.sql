WITH counted AS (SELECT arm, y0 AS value, CAST(count(*) AS BIGINT) AS n
    FROM (SELECT "arm" AS arm, CAST("cash" AS DOUBLE) AS y0 FROM (SELECT * FROM units) t WHERE "arm" IS NOT NULL) u WHERE y0 IS NOT NULL GROUP BY arm, y0), ranked AS (
      SELECT arm, value, n, sum(n) OVER (PARTITION BY arm ORDER BY value) AS upto, sum(n) OVER (PARTITION BY arm) AS people
      FROM counted
    ), placed AS (
      SELECT arm, value, n, CASE WHEN upto < 0.5e0 * people - (4e0 * sqrt(people) + 2) THEN -1
        WHEN upto - n > 0.5e0 * people + (4e0 * sqrt(people) + 2) THEN 1 ELSE 0 END AS side
      FROM ranked
    )
    SELECT arm, CASE WHEN side < 0 THEN max(value) ELSE min(value) END AS value, CAST(sum(n) AS BIGINT) AS n
    FROM placed GROUP BY arm, side, CASE WHEN side = 0 THEN value END ORDER BY arm, value
-- []
