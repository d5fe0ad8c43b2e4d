WITH made AS (
  SELECT r.promise_id, r.account_id, r.made_at, r.due_on, r.amount, r.kept, CAST(date_trunc('month', r.made_at) AS DATE) AS month, (r.due_on + 3 * INTERVAL 1 DAY) <= CAST('2026-08-31' AS DATE) AS matured
  FROM current_promises AS r
  WHERE (r.made_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND true
), paid AS (
  SELECT r.promise_id, sum(p.amount) AS paid
  FROM made AS r
  JOIN current_payments AS p ON p.account_id = r.account_id AND p.paid_at >= CAST(r.made_at AS DATE)
    AND p.paid_at < (r.due_on + 4 * INTERVAL 1 DAY) AND NOT coalesce(p.reversed, false)
  WHERE r.matured GROUP BY r.promise_id
), spoken AS (
  SELECT CAST(date_trunc('month', k.sent_at) AS DATE) AS month, CAST(count(*) FILTER (WHERE k.right_party) AS BIGINT) AS right_party, count(k.right_party) AS noted
  FROM (SELECT k.* FROM current_contacts AS k WHERE (k.sent_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND true) AS k GROUP BY 1
), promised AS (
  SELECT r.month, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS promises, CAST(count(*) FILTER (WHERE r.matured) AS BIGINT) AS matured,
    CAST(count(*) FILTER (WHERE r.matured AND coalesce(p.paid, 0) >= 0.95 * r.amount) AS BIGINT) AS kept,
    CAST(count(*) FILTER (WHERE r.matured AND r.kept IS NOT NULL) AS BIGINT) AS noted, CAST(count(*) FILTER (WHERE r.matured AND r.kept) AS BIGINT) AS noted_kept
  FROM made AS r LEFT JOIN paid AS p ON p.promise_id = r.promise_id GROUP BY 1
)
SELECT CAST(coalesce(a.month, s.month) AS VARCHAR) AS month, CASE WHEN s.noted > 0 THEN s.right_party END AS right_party,
  coalesce(a.promises, 0) AS promises, coalesce(a.matured, 0) AS matured, coalesce(a.kept, 0) AS kept,
  coalesce(a.noted, 0) AS noted, coalesce(a.noted_kept, 0) AS noted_kept
FROM promised AS a FULL JOIN spoken AS s ON s.month = a.month
ORDER BY 1
-- []
