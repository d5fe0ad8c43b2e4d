SELECT CAST("arm" AS VARCHAR) AS arm,
      CAST(count(*) AS BIGINT) AS dated,
      CAST(count(*) FILTER (WHERE "paid_on" < "assigned_on") AS BIGINT) AS early
    FROM (SELECT * FROM rows_of_units) t
    WHERE "arm" IS NOT NULL AND "paid_on" IS NOT NULL AND "assigned_on" IS NOT NULL
    GROUP BY 1 ORDER BY 1
-- []
