SELECT CAST(u.arm AS VARCHAR) AS arm, coalesce(CAST(u.stratum AS VARCHAR), '') AS stratum, '' AS cohort, CAST(count(*) AS BIGINT) AS units, CAST(count(x0) AS BIGINT) AS m0_n, fsum(x0) AS m0_s0, fsum(x1) AS m0_s1, fsum(x0 * x0) AS m0_p0_0, fsum(x0 * x1) AS m0_p0_1, fsum(x1 * x1) AS m0_p1_1
    FROM (SELECT "arm" AS arm, "stratum" AS stratum, coalesce(CAST("score" AS DOUBLE) - 0e0, 0) AS x0, coalesce(CAST("arrears" AS DOUBLE) - 0e0, 0) AS x1 FROM (SELECT * FROM people) t WHERE "arm" IS NOT NULL) u GROUP BY u.arm, u.stratum ORDER BY 1, 2, 3
-- []
