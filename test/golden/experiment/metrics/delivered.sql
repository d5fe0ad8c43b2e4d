SELECT p.customer_id, CAST(1 AS DOUBLE) AS y
    FROM (SELECT customer_id, entered_on FROM entered) p JOIN current_contacts e ON e.customer_id = p.customer_id
    WHERE coalesce(e.delivered, false) AND e.sent_at >= p.entered_on AND e.sent_at < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) AND coalesce(e.known_at, e.sent_at) < (CAST(? AS DATE) + 1 * INTERVAL 1 DAY) GROUP BY p.customer_id
-- ["2026-12-31","2026-12-31"]
