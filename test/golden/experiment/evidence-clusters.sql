SELECT CAST(u.arm AS VARCHAR) AS arm, coalesce(CAST(u.stratum AS VARCHAR), '') AS stratum, coalesce(CAST(u.cohort AS VARCHAR), '') AS cohort, CAST(sum(size) AS BIGINT) AS units,
      CAST(count(y0) AS BIGINT) AS m0_n, fsum(y0) AS m0_s0, fsum(d0) AS m0_s1, fsum(y0 * y0) AS m0_p0_0, fsum(y0 * d0) AS m0_p0_1, fsum(d0 * d0) AS m0_p1_1, CAST(count(y1) AS BIGINT) AS m1_n, fsum(y1) AS m1_s0, fsum(d1) AS m1_s1, fsum(y1 * y1) AS m1_p0_0, fsum(y1 * d1) AS m1_p0_1, fsum(d1 * d1) AS m1_p1_1
    FROM (
      SELECT arm, cluster, min(stratum) AS stratum, min(cohort) AS cohort, count(*) AS size, fsum(y0) AS y0, CAST(nullif(count(y0), 0) AS DOUBLE) AS d0, fsum(y1) AS y1, fsum(d1) AS d1
      FROM (SELECT "arm" AS arm, "stratum" AS stratum, "entered_on" AS cohort, CAST("cleared" AS DOUBLE) AS y0, CASE WHEN "cost" IS NOT NULL THEN CAST("cash" AS DOUBLE) END AS y1, CASE WHEN "cash" IS NOT NULL THEN CAST("cost" AS DOUBLE) END AS d1, CAST("household" AS VARCHAR) AS cluster FROM (SELECT * FROM units) t WHERE "arm" IS NOT NULL) v WHERE cluster IS NOT NULL GROUP BY arm, cluster
    ) u GROUP BY u.arm, u.stratum, u.cohort ORDER BY 1, 2, 3
-- []
