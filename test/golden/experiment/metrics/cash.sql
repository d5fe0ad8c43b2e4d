SELECT p.customer_id, a.currency, CAST(sum(m.amount) AS DOUBLE) AS y
    FROM (SELECT customer_id, entered_on FROM entered) p
    JOIN current_accounts a ON a.customer_id = p.customer_id
    JOIN current_payments m ON m.account_id = a.account_id
    WHERE NOT coalesce(m.reversed, false) AND m.paid_at >= p.entered_on AND m.paid_at < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) AND coalesce(m.known_at, m.paid_at) < (CAST(? AS DATE) + 1 * INTERVAL 1 DAY)
    GROUP BY p.customer_id, a.currency
-- ["2026-12-31","2026-12-31"]
