SELECT avg(CAST("score" AS DOUBLE)) AS c0, avg(CAST("arrears" AS DOUBLE)) AS c1
    FROM (SELECT * FROM units) t
-- []
