SELECT * FROM (SELECT * FROM rows_of_units) t WHERE "unit" NOT IN (
      SELECT "unit" FROM (SELECT * FROM rows_of_units) s WHERE "unit" IS NOT NULL AND "arm" IS NOT NULL
      GROUP BY "unit" HAVING count(DISTINCT "arm") > 1
    ) OR "unit" IS NULL
-- []
