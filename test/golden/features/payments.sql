SELECT b.account_id, b.as_of,
  coalesce(payments_3m, 0) AS payments_3m, coalesce(payments_6m, 0) AS payments_6m,
  CASE WHEN "p0" > 0 THEN 1 ELSE 0 END + CASE WHEN "p1" > 0 THEN 1 ELSE 0 END + CASE WHEN "p2" > 0 THEN 1 ELSE 0 END AS months_paid_3m, CASE WHEN "p0" > 0 THEN 1 ELSE 0 END + CASE WHEN "p1" > 0 THEN 1 ELSE 0 END + CASE WHEN "p2" > 0 THEN 1 ELSE 0 END + CASE WHEN "p3" > 0 THEN 1 ELSE 0 END + CASE WHEN "p4" > 0 THEN 1 ELSE 0 END + CASE WHEN "p5" > 0 THEN 1 ELSE 0 END AS months_paid_6m, months_since_payment, days_since_payment,
  CASE WHEN "b1" > 0 THEN CAST(coalesce("p0", 0) AS DOUBLE) / CAST("b1" AS DOUBLE) END AS paid_share, CASE WHEN "b2" > 0 THEN CAST(coalesce("p1", 0) AS DOUBLE) / CAST("b2" AS DOUBLE) END AS paid_share_1m, CASE WHEN "b3" > 0 THEN CAST(coalesce("p2", 0) AS DOUBLE) / CAST("b3" AS DOUBLE) END AS paid_share_2m,
  CASE WHEN coalesce(b3, b2, b1, b0) > 0 THEN CAST(coalesce(sum_3m, 0) AS DOUBLE) / CAST(coalesce(b3, b2, b1, b0) AS DOUBLE) END AS paid_share_3m,
  CASE WHEN m1 > 0 THEN CAST(coalesce("p0", 0) AS DOUBLE) / CAST(m1 AS DOUBLE) END AS paid_of_minimum,
  CASE WHEN coalesce(m1, 0) + coalesce(m2, 0) + coalesce(m3, 0) > 0 THEN CAST(coalesce(sum_3m, 0) AS DOUBLE) / CAST(coalesce(m1, 0) + coalesce(m2, 0) + coalesce(m3, 0) AS DOUBLE) END AS paid_of_due_3m,
  gap AS payment_gap, CASE WHEN gap > 0 THEN CAST(days_since_payment AS DOUBLE) / CAST(gap AS DOUBLE) END AS payment_overdue_rhythm,
  CASE WHEN m1 > 0 THEN CAST(last_paid AS DOUBLE) / CAST(m1 AS DOUBLE) END AS last_paid_of_minimum, CASE WHEN median_balance > 0 THEN CAST(last_paid AS DOUBLE) / CAST(median_balance AS DOUBLE) END AS last_paid_relative,
  CASE WHEN median_balance > 0 THEN CAST(coalesce("p0", 0) AS DOUBLE) / CAST(median_balance AS DOUBLE) END AS paid_relative, CASE WHEN median_balance > 0 THEN CAST(coalesce("p1", 0) AS DOUBLE) / CAST(median_balance AS DOUBLE) END AS paid_relative_1m, CASE WHEN median_balance > 0 THEN CAST(coalesce("p2", 0) AS DOUBLE) / CAST(median_balance AS DOUBLE) END AS paid_relative_2m,
  CASE WHEN ceiling > 0 THEN CAST(coalesce(sum_3m, 0) AS DOUBLE) / CAST(ceiling AS DOUBLE) END AS paid_of_limit_3m,
  CASE WHEN b0 > 0 THEN CAST(coalesce(largest, 0) AS DOUBLE) / CAST(b0 AS DOUBLE) END AS largest_paid_share
FROM (SELECT h.*, a.currency, coalesce(a.credit_limit, a.original_amount) AS ceiling FROM (SELECT account_id, as_of,
  arg_max(balance, seen_on) FILTER (WHERE lag = 0) AS "b0", arg_max(balance, seen_on) FILTER (WHERE lag = 1) AS "b1", arg_max(balance, seen_on) FILTER (WHERE lag = 2) AS "b2", arg_max(balance, seen_on) FILTER (WHERE lag = 3) AS "b3",
  arg_max(minimum_due, seen_on) FILTER (WHERE lag = 1) AS "m1", arg_max(minimum_due, seen_on) FILTER (WHERE lag = 2) AS "m2", arg_max(minimum_due, seen_on) FILTER (WHERE lag = 3) AS "m3"
FROM (SELECT p.account_id, p.as_of, s.as_of AS seen_on, s.days_past_due, s.balance, s.arrears, s.minimum_due, s.status,
  date_diff('month', s.as_of, p.as_of) AS lag
FROM people_asked p
LEFT JOIN "current_snapshots" s ON s.account_id = p.account_id AND s.as_of <= p.as_of
  AND s.as_of > (p.as_of + -187 * INTERVAL 1 DAY)) h
GROUP BY account_id, as_of) h
  LEFT JOIN "current_accounts" a ON a.account_id = h.account_id) b
LEFT JOIN (SELECT account_id, as_of,
  sum(amount) FILTER (WHERE lag = 0) AS "p0", sum(amount) FILTER (WHERE lag = 1) AS "p1", sum(amount) FILTER (WHERE lag = 2) AS "p2", sum(amount) FILTER (WHERE lag = 3) AS "p3", sum(amount) FILTER (WHERE lag = 4) AS "p4", sum(amount) FILTER (WHERE lag = 5) AS "p5",
  sum(amount) FILTER (WHERE lag < 3) AS sum_3m, max(amount) FILTER (WHERE lag < 6) AS largest,
  CAST(count(*) FILTER (WHERE lag < 3) AS BIGINT) AS payments_3m, CAST(count(*) FILTER (WHERE lag < 6) AS BIGINT) AS payments_6m,
  min(lag) AS months_since_payment, min(days) AS days_since_payment,
  CASE WHEN count(*) - 1 > 0 THEN CAST(max(days) - min(days) AS DOUBLE) / CAST(count(*) - 1 AS DOUBLE) END AS gap,
  arg_max(amount, ROW(paid_at, payment_id)) AS last_paid
FROM (SELECT p.account_id, p.as_of, y.payment_id, y.paid_at, y.amount, date_diff('month', y.paid_at, p.as_of) AS lag,
  date_diff('day', y.paid_at, p.as_of) AS days
FROM people_asked p JOIN "current_payments" y ON y.account_id = p.account_id
  AND y.paid_at < (p.as_of + 1 * INTERVAL 1 DAY) AND coalesce(y.known_at, y.paid_at) < (p.as_of + 1 * INTERVAL 1 DAY)
  AND y.paid_at > (p.as_of + -187 * INTERVAL 1 DAY)
WHERE y.amount > 0) e
GROUP BY account_id, as_of) s ON s.account_id = b.account_id AND s.as_of = b.as_of
LEFT JOIN (SELECT d.as_of, m.currency, m.median_balance
FROM (SELECT d.as_of, max(t.as_of) AS seen_on FROM (SELECT DISTINCT as_of FROM people_asked) d
  JOIN (SELECT DISTINCT as_of FROM "current_snapshots") t ON t.as_of <= d.as_of GROUP BY d.as_of) d JOIN (SELECT s.as_of, a.currency, median(CAST(s.balance AS DOUBLE)) AS median_balance
  FROM "current_snapshots" s JOIN "current_accounts" a ON a.account_id = s.account_id
  WHERE s.balance > 0 AND s.as_of IN (SELECT seen_on FROM (SELECT d.as_of, max(t.as_of) AS seen_on FROM (SELECT DISTINCT as_of FROM people_asked) d
  JOIN (SELECT DISTINCT as_of FROM "current_snapshots") t ON t.as_of <= d.as_of GROUP BY d.as_of) e)
  GROUP BY s.as_of, a.currency) m ON m.as_of = d.seen_on) c ON c.as_of = b.as_of AND c.currency = b.currency
-- []
