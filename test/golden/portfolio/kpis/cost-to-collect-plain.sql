WITH spent AS (
  SELECT CAST(date_trunc('month', k.sent_at) AS DATE) AS month, coalesce(a.currency, h.currency) AS currency, k.channel, NULL AS agency, k.cost AS amount
  FROM (SELECT k.* FROM current_contacts AS k WHERE (k.sent_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND true) AS k
  LEFT JOIN current_accounts AS a ON a.account_id = k.account_id
  LEFT JOIN (
    SELECT customer_id, min(currency) AS currency FROM current_accounts GROUP BY customer_id HAVING min(currency) = max(currency)
  ) AS h ON h.customer_id = CASE WHEN k.account_id IS NULL THEN k.customer_id END
  WHERE k.cost IS NOT NULL AND coalesce(a.currency, h.currency) IS NOT NULL
  UNION ALL
  SELECT CAST(date_trunc('month', t.occurred_at) AS DATE), t.currency, NULL, t.agency, t.amount
  FROM current_costs AS t
  WHERE (t.occurred_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND true AND true
), collected AS (
  SELECT p.account_id, p.paid_at, CAST(date_trunc('month', p.paid_at) AS DATE) AS month, a.currency AS currency, p.amount AS amount
  FROM current_payments AS p JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a) AS a ON a.account_id = p.account_id
  WHERE NOT coalesce(p.reversed, false) AND (p.paid_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND true
)
SELECT 'cost' AS kind, CAST(month AS VARCHAR) AS month, currency, channel, agency, sum(amount) AS amount, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS items FROM spent GROUP BY 2, 3, 4, 5
UNION ALL
SELECT 'cash', CAST(month AS VARCHAR), currency, NULL, NULL, sum(amount), 0 FROM collected GROUP BY 2, 3
UNION ALL
SELECT 'cash', CAST(c.month AS VARCHAR), c.currency, NULL, w.agency, sum(c.amount), 0
FROM collected AS c
JOIN current_placements AS w ON w.account_id = c.account_id AND c.paid_at >= w.placed_on
  AND (w.returned_on IS NULL OR c.paid_at < (w.returned_on + 1 * INTERVAL 1 DAY))
GROUP BY 2, 3, 5
ORDER BY 1, 2, 3, 4, 5
-- []
