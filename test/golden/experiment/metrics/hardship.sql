SELECT p.customer_id, CAST(1 AS DOUBLE) AS y
    FROM (SELECT customer_id, entered_on FROM entered) p JOIN current_flags e ON e.customer_id = p.customer_id
    WHERE e.kind IN ('hardship', 'vulnerable') AND e.started_on >= p.entered_on AND e.started_on < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) GROUP BY p.customer_id
-- ["2026-12-31"]
