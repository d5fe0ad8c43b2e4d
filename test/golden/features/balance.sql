SELECT m.account_id, m.as_of,
  CASE WHEN median_balance > 0 THEN CAST(b0 AS DOUBLE) / CAST(median_balance AS DOUBLE) END AS balance_relative, CASE WHEN median_balance > 0 THEN CAST(ceiling AS DOUBLE) / CAST(median_balance AS DOUBLE) END AS limit_relative,
  CASE WHEN ceiling > 0 THEN CAST(b0 AS DOUBLE) / CAST(ceiling AS DOUBLE) END AS utilisation, CASE WHEN ceiling > 0 THEN CAST(b1 AS DOUBLE) / CAST(ceiling AS DOUBLE) END AS utilisation_1m, CASE WHEN ceiling > 0 THEN CAST(b2 AS DOUBLE) / CAST(ceiling AS DOUBLE) END AS utilisation_2m, CASE WHEN ceiling > 0 THEN CAST(b3 AS DOUBLE) / CAST(ceiling AS DOUBLE) END AS utilisation_3m,
  CASE WHEN ceiling > 0 THEN CAST(b0 AS DOUBLE) / CAST(ceiling AS DOUBLE) END - CASE WHEN ceiling > 0 THEN CAST(b3 AS DOUBLE) / CAST(ceiling AS DOUBLE) END AS utilisation_change_3m,
  CASE WHEN ceiling > 0 THEN (CASE WHEN "b0" > ceiling THEN 1 ELSE 0 END + CASE WHEN "b1" > ceiling THEN 1 ELSE 0 END + CASE WHEN "b2" > ceiling THEN 1 ELSE 0 END + CASE WHEN "b3" > ceiling THEN 1 ELSE 0 END + CASE WHEN "b4" > ceiling THEN 1 ELSE 0 END + CASE WHEN "b5" > ceiling THEN 1 ELSE 0 END) END AS over_limit_months_6m,
  CASE WHEN seen > 0 THEN CAST(CASE WHEN ceiling > 0 THEN CAST(total AS DOUBLE) / CAST(ceiling AS DOUBLE) END AS DOUBLE) / CAST(seen AS DOUBLE) END AS utilisation_mean_6m, CASE WHEN ceiling > 0 THEN CAST(highest AS DOUBLE) / CAST(ceiling AS DOUBLE) END AS utilisation_max_6m,
  CASE WHEN b1 > 0 THEN CAST(b0 - b1 AS DOUBLE) / CAST(b1 AS DOUBLE) END AS balance_change_1m, CASE WHEN b2 > 0 THEN CAST(b1 - b2 AS DOUBLE) / CAST(b2 AS DOUBLE) END AS balance_change_2m,
  CASE WHEN b3 > 0 THEN CAST(b0 AS DOUBLE) / CAST(b3 AS DOUBLE) END AS balance_trend_3m,
  CASE WHEN b5 > 0 THEN CAST(b0 AS DOUBLE) / CAST(b5 AS DOUBLE) END AS balance_trend_6m,
  CAST(seen AS DOUBLE) * CASE WHEN total * nullif((CASE WHEN abs("b0" - "b1") IS NULL THEN 0 ELSE 1 END + CASE WHEN abs("b1" - "b2") IS NULL THEN 0 ELSE 1 END + CASE WHEN abs("b2" - "b3") IS NULL THEN 0 ELSE 1 END + CASE WHEN abs("b3" - "b4") IS NULL THEN 0 ELSE 1 END + CASE WHEN abs("b4" - "b5") IS NULL THEN 0 ELSE 1 END), 0) > 0 THEN CAST((coalesce(abs("b0" - "b1"), 0) + coalesce(abs("b1" - "b2"), 0) + coalesce(abs("b2" - "b3"), 0) + coalesce(abs("b3" - "b4"), 0) + coalesce(abs("b4" - "b5"), 0)) AS DOUBLE) / CAST(total * nullif((CASE WHEN abs("b0" - "b1") IS NULL THEN 0 ELSE 1 END + CASE WHEN abs("b1" - "b2") IS NULL THEN 0 ELSE 1 END + CASE WHEN abs("b2" - "b3") IS NULL THEN 0 ELSE 1 END + CASE WHEN abs("b3" - "b4") IS NULL THEN 0 ELSE 1 END + CASE WHEN abs("b4" - "b5") IS NULL THEN 0 ELSE 1 END), 0) AS DOUBLE) END AS balance_volatility_6m,
  CAST(seen AS DOUBLE) * CASE WHEN total > 0 THEN CAST(highest - lowest AS DOUBLE) / CAST(total AS DOUBLE) END AS balance_range_6m,
  CASE WHEN b0 > 0 THEN CAST(minimum_due AS DOUBLE) / CAST(b0 AS DOUBLE) END AS minimum_due_share, CASE WHEN b0 > 0 THEN CAST(arrears AS DOUBLE) / CAST(b0 AS DOUBLE) END AS arrears_share
FROM (SELECT h.*, a.currency, coalesce(a.credit_limit, a.original_amount) AS ceiling FROM (SELECT account_id, as_of,
  arg_max(balance, seen_on) FILTER (WHERE lag = 0) AS "b0", arg_max(balance, seen_on) FILTER (WHERE lag = 1) AS "b1", arg_max(balance, seen_on) FILTER (WHERE lag = 2) AS "b2", arg_max(balance, seen_on) FILTER (WHERE lag = 3) AS "b3", arg_max(balance, seen_on) FILTER (WHERE lag = 4) AS "b4", arg_max(balance, seen_on) FILTER (WHERE lag = 5) AS "b5",
  arg_max(arrears, seen_on) FILTER (WHERE lag = 0) AS arrears, arg_max(minimum_due, seen_on) FILTER (WHERE lag = 0) AS minimum_due,
  sum(balance) FILTER (WHERE lag < 6) AS total, count(balance) FILTER (WHERE lag < 6) AS seen,
  max(balance) FILTER (WHERE lag < 6) AS highest, min(balance) FILTER (WHERE lag < 6) AS lowest
FROM (SELECT p.account_id, p.as_of, s.as_of AS seen_on, s.days_past_due, s.balance, s.arrears, s.minimum_due, s.status,
  date_diff('month', s.as_of, p.as_of) AS lag
FROM people_asked p
LEFT JOIN "current_snapshots" s ON s.account_id = p.account_id AND s.as_of <= p.as_of
  AND s.as_of > (p.as_of + -187 * INTERVAL 1 DAY)) h
GROUP BY account_id, as_of) h
  LEFT JOIN "current_accounts" a ON a.account_id = h.account_id) m
LEFT JOIN (SELECT d.as_of, m.currency, m.median_balance
FROM (SELECT d.as_of, max(t.as_of) AS seen_on FROM (SELECT DISTINCT as_of FROM people_asked) d
  JOIN (SELECT DISTINCT as_of FROM "current_snapshots") t ON t.as_of <= d.as_of GROUP BY d.as_of) d JOIN (SELECT s.as_of, a.currency, median(CAST(s.balance AS DOUBLE)) AS median_balance
  FROM "current_snapshots" s JOIN "current_accounts" a ON a.account_id = s.account_id
  WHERE s.balance > 0 AND s.as_of IN (SELECT seen_on FROM (SELECT d.as_of, max(t.as_of) AS seen_on FROM (SELECT DISTINCT as_of FROM people_asked) d
  JOIN (SELECT DISTINCT as_of FROM "current_snapshots") t ON t.as_of <= d.as_of GROUP BY d.as_of) e)
  GROUP BY s.as_of, a.currency) m ON m.as_of = d.seen_on) c ON c.as_of = m.as_of AND c.currency = m.currency
-- []
