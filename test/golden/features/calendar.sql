WITH by_day AS (SELECT customer_id, as_of, pay_day, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS times, max(paid_at) AS latest
FROM (SELECT p.customer_id, p.as_of, y.paid_at, least((date_diff('day', CAST(date_trunc('month', CAST(y.paid_at AS DATE)) AS DATE), CAST(y.paid_at AS DATE)) + 1), 28) AS pay_day
FROM (SELECT DISTINCT customer_id, as_of FROM people_asked) p
JOIN "current_accounts" a ON a.customer_id = p.customer_id
JOIN "current_payments" y ON y.account_id = a.account_id
  AND y.paid_at < (p.as_of + 1 * INTERVAL 1 DAY) AND coalesce(y.known_at, y.paid_at) < (p.as_of + 1 * INTERVAL 1 DAY) AND y.paid_at >= (p.as_of + -400 * INTERVAL 1 DAY)
WHERE y.amount > 0) e GROUP BY customer_id, as_of, pay_day),
placed AS (SELECT p.account_id, p.as_of, u.usual, u.times, u.near, (date_diff('day', CAST(date_trunc('month', p.as_of) AS DATE), p.as_of) + 1) AS today, (date_diff('day', CAST(date_trunc('month', last_day(p.as_of)) AS DATE), last_day(p.as_of)) + 1) AS days,
  date_diff('month', CAST(? AS DATE), p.as_of) % 12 AS month_no
  FROM people_asked p LEFT JOIN (SELECT u.customer_id, u.as_of, u.usual, sum(d.times) AS times,
  sum(d.times) FILTER (WHERE least(abs(d.pay_day - u.usual), 30 - abs(d.pay_day - u.usual)) <= 3) AS near
FROM (SELECT customer_id, as_of, arg_max(pay_day, ROW(times, latest)) AS usual
  FROM by_day GROUP BY customer_id, as_of) u
JOIN by_day d ON d.customer_id = u.customer_id AND d.as_of = u.as_of
GROUP BY u.customer_id, u.as_of, u.usual HAVING sum(d.times) >= 2) u ON u.customer_id = p.customer_id AND u.as_of = p.as_of)
SELECT account_id, as_of, CASE WHEN usual = 28 THEN 31 ELSE usual END AS usual_pay_day,
  CASE WHEN CASE WHEN usual = 28 THEN days ELSE usual END > today THEN CASE WHEN usual = 28 THEN days ELSE usual END - today ELSE days - today + CASE WHEN usual = 28 THEN (date_diff('day', CAST(date_trunc('month', last_day((last_day(as_of) + 1 * INTERVAL 1 DAY))) AS DATE), last_day((last_day(as_of) + 1 * INTERVAL 1 DAY))) + 1) ELSE usual END END AS days_to_pay_day,
  CASE WHEN CASE WHEN usual = 28 THEN days ELSE usual END <= today THEN today - CASE WHEN usual = 28 THEN days ELSE usual END ELSE today + (date_diff('day', CAST(date_trunc('month', last_day((CAST(date_trunc('month', as_of) AS DATE) + -1 * INTERVAL 1 DAY))) AS DATE), last_day((CAST(date_trunc('month', as_of) AS DATE) + -1 * INTERVAL 1 DAY))) + 1) - CASE WHEN usual = 28 THEN (date_diff('day', CAST(date_trunc('month', last_day((CAST(date_trunc('month', as_of) AS DATE) + -1 * INTERVAL 1 DAY))) AS DATE), last_day((CAST(date_trunc('month', as_of) AS DATE) + -1 * INTERVAL 1 DAY))) + 1) ELSE usual END END AS days_since_pay_day,
  CASE WHEN times > 0 THEN CAST(near AS DOUBLE) / CAST(times AS DOUBLE) END AS pay_day_share, CASE WHEN days > 0 THEN CAST(today AS DOUBLE) / CAST(days AS DOUBLE) END AS month_gone,
  ('Q' || CAST((month_no // 3) + 1 AS VARCHAR)) AS quarter
FROM placed
-- ["1900-01-01"]
