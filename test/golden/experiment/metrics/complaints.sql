SELECT p.customer_id, CAST(1 AS DOUBLE) AS y
    FROM (SELECT customer_id, entered_on FROM entered) p JOIN current_complaints e ON e.customer_id = p.customer_id
    WHERE e.occurred_at >= p.entered_on AND e.occurred_at < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) GROUP BY p.customer_id
-- ["2026-12-31"]
