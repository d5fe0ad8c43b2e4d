WITH made AS (
      SELECT p.customer_id, r.promise_id, r.account_id, r.made_at, r.amount, CAST((r.due_on + 3 * INTERVAL 1 DAY) AS DATE) AS last_day
      FROM (SELECT customer_id, entered_on FROM entered) p
      JOIN current_accounts a ON a.customer_id = p.customer_id
      JOIN current_promises r ON r.account_id = a.account_id
      WHERE r.made_at >= p.entered_on AND r.made_at < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) AND CAST((r.due_on + 3 * INTERVAL 1 DAY) AS DATE) < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE))
    ), met AS (
      SELECT r.customer_id, r.promise_id, r.amount, coalesce(sum(m.amount), 0) AS paid
      FROM made r
      LEFT JOIN current_payments m ON m.account_id = r.account_id AND NOT coalesce(m.reversed, false)
        AND m.paid_at >= r.made_at AND CAST(m.paid_at AS DATE) <= r.last_day
        AND coalesce(m.known_at, m.paid_at) < (CAST(? AS DATE) + 1 * INTERVAL 1 DAY)
      GROUP BY r.customer_id, r.promise_id, r.amount
    )
    SELECT m.customer_id, CAST(CAST(count(*) FILTER (WHERE NOT (m.paid >= 0.95 * m.amount)) AS BIGINT) AS DOUBLE) AS y, CAST(CAST(count(*) FILTER (WHERE true) AS BIGINT) AS DOUBLE) AS d
    FROM met m GROUP BY m.customer_id
-- ["2026-12-31","2026-12-31","2026-12-31"]
