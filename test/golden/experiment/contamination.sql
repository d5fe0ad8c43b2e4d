SELECT arms, CAST(count(*) AS BIGINT) AS units, CAST(sum(seen) AS BIGINT) AS "rows"
    FROM (
      SELECT id, list(arm ORDER BY arm) AS arms, sum(seen) AS seen
      FROM (
        SELECT "unit" AS id, CAST("arm" AS VARCHAR) AS arm, count(*) AS seen
        FROM (SELECT * FROM rows_of_units) t WHERE "unit" IS NOT NULL AND "arm" IS NOT NULL
        GROUP BY "unit", "arm"
      ) a GROUP BY id HAVING count(*) > 1
    ) u GROUP BY arms ORDER BY units DESC, arms
-- []
