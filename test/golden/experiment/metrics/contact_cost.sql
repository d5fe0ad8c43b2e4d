WITH holders AS (
      SELECT customer_id, currency FROM (
        SELECT customer_id, currency, row_number() OVER (PARTITION BY customer_id ORDER BY account_id) AS place FROM current_accounts
      ) h WHERE place = 1
    )
    SELECT p.customer_id, coalesce(a.currency, h.currency) AS currency, CAST(sum(k.cost) AS DOUBLE) AS y
    FROM (SELECT customer_id, entered_on FROM entered) p
    JOIN current_contacts k ON k.customer_id = p.customer_id
    LEFT JOIN current_accounts a ON a.account_id = k.account_id
    LEFT JOIN holders h ON h.customer_id = p.customer_id
    WHERE k.cost IS NOT NULL AND coalesce(a.currency, h.currency) IS NOT NULL
      AND k.sent_at >= p.entered_on AND k.sent_at < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) AND coalesce(k.known_at, k.sent_at) < (CAST(? AS DATE) + 1 * INTERVAL 1 DAY)
    GROUP BY p.customer_id, coalesce(a.currency, h.currency)
-- ["2026-12-31","2026-12-31"]
