SELECT p.customer_id, CAST(1 AS DOUBLE) AS y
    FROM (SELECT customer_id, entered_on FROM entered) p JOIN (SELECT customer_id, revoked_at AS happened_at FROM current_contact_permissions WHERE revoked_at IS NOT NULL
        UNION ALL SELECT customer_id, started_on FROM current_flags WHERE kind = 'cease_contact') e ON e.customer_id = p.customer_id
    WHERE e.happened_at >= p.entered_on AND e.happened_at < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) GROUP BY p.customer_id
-- ["2026-12-31"]
