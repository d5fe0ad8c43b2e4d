SELECT arm, stratum, cohort, CAST(count(*) AS BIGINT) AS units, CAST(count(x0) AS BIGINT) AS m0_n, fsum(x0) AS m0_s0, fsum(x1) AS m0_s1, fsum(x0 * x0) AS m0_p0_0, fsum(x0 * x1) AS m0_p0_1, fsum(x1 * x1) AS m0_p1_1
    FROM (SELECT CAST("arm" AS VARCHAR) AS arm, coalesce(CAST("stratum" AS VARCHAR), '') AS stratum, '' AS cohort, coalesce(CAST("score" AS DOUBLE) - 0e0, 0) AS x0, coalesce(CAST("arrears" AS DOUBLE) - 0e0, 0) AS x1 FROM (SELECT * FROM people) t WHERE "arm" IS NOT NULL) u
    GROUP BY arm, stratum, cohort ORDER BY arm, stratum, cohort
-- []
