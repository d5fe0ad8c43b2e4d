WITH placed AS (
  SELECT p.account_id, p.agency, p.placed_on, CAST(date_trunc('month', p.placed_on) AS DATE) AS cohort, a.currency AS account_currency, a.currency AS currency,
    p.balance_placed AS balance_placed, least(CAST((p.placed_on + 90 * INTERVAL 1 DAY) AS DATE), coalesce(p.returned_on, CAST((p.placed_on + 90 * INTERVAL 1 DAY) AS DATE))) AS ends_on,
    CAST((p.placed_on + 90 * INTERVAL 1 DAY) AS DATE) <= CAST('2026-08-31' AS DATE) AS matured
  FROM current_placements AS p JOIN (SELECT a.account_id, a.customer_id, a.currency, a.product_type, a.opened_on, a.charged_off_on
  FROM current_accounts AS a) AS a ON a.account_id = p.account_id
  WHERE (p.placed_on < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND true
), collected AS (
  SELECT w.account_id, w.agency, w.placed_on, sum(y.amount) AS cash
  FROM placed AS w
  JOIN current_payments AS y ON y.account_id = w.account_id AND y.paid_at >= w.placed_on
    AND y.paid_at < (w.ends_on + 1 * INTERVAL 1 DAY) AND NOT coalesce(y.reversed, false)
  WHERE w.matured GROUP BY 1, 2, 3
)
SELECT CAST(w.cohort AS VARCHAR) AS cohort, w.currency, NULL AS agency,
  CAST(count(*) FILTER (WHERE true) AS BIGINT) AS placements, CAST(count(*) FILTER (WHERE w.matured) AS BIGINT) AS matured,
  sum(w.balance_placed) FILTER (WHERE w.matured) AS balance_placed,
  sum(coalesce(c.cash, 0)) FILTER (WHERE w.matured) AS cash
FROM placed AS w LEFT JOIN collected AS c ON c.account_id = w.account_id AND c.agency = w.agency AND c.placed_on = w.placed_on
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3
-- []
