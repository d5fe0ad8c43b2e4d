SELECT account_id, as_of, d0 AS days_past_due, d1 AS dpd_1m, d2 AS dpd_2m, d3 AS dpd_3m, d0 - d1 AS dpd_change_1m,
  d0 - d3 AS dpd_change_3m, CASE WHEN coalesce(since_current, oldest + 1) > 0 THEN CAST(d0 AS DOUBLE) / CAST(coalesce(since_current, oldest + 1) AS DOUBLE) END AS roll_speed,
  CASE WHEN "d0" > "d1" THEN 1 ELSE 0 END + CASE WHEN "d1" > "d2" THEN 1 ELSE 0 END + CASE WHEN "d2" > "d3" THEN 1 ELSE 0 END + CASE WHEN "d3" > "d4" THEN 1 ELSE 0 END + CASE WHEN "d4" > "d5" THEN 1 ELSE 0 END AS rolls_forward_6m,
  CASE WHEN "d0" < "d1" THEN 1 ELSE 0 END + CASE WHEN "d1" < "d2" THEN 1 ELSE 0 END + CASE WHEN "d2" < "d3" THEN 1 ELSE 0 END + CASE WHEN "d3" < "d4" THEN 1 ELSE 0 END + CASE WHEN "d4" < "d5" THEN 1 ELSE 0 END AS rolls_back_6m,
  max_3m AS dpd_max_3m, max_6m AS dpd_max_6m,
  CASE WHEN seen_3m > 0 THEN CAST(sum_3m AS DOUBLE) / CAST(seen_3m AS DOUBLE) END AS dpd_mean_3m, CASE WHEN seen_6m > 0 THEN CAST(sum_6m AS DOUBLE) / CAST(seen_6m AS DOUBLE) END AS dpd_mean_6m,
  CASE WHEN "d0" >= 1 THEN 1 ELSE 0 END + CASE WHEN "d1" >= 1 THEN 1 ELSE 0 END + CASE WHEN "d2" >= 1 THEN 1 ELSE 0 END AS late_months_3m, CASE WHEN "d0" >= 1 THEN 1 ELSE 0 END + CASE WHEN "d1" >= 1 THEN 1 ELSE 0 END + CASE WHEN "d2" >= 1 THEN 1 ELSE 0 END + CASE WHEN "d3" >= 1 THEN 1 ELSE 0 END + CASE WHEN "d4" >= 1 THEN 1 ELSE 0 END + CASE WHEN "d5" >= 1 THEN 1 ELSE 0 END AS late_months_6m,
  CASE WHEN "d0" >= 30 THEN 1 ELSE 0 END + CASE WHEN "d1" >= 30 THEN 1 ELSE 0 END + CASE WHEN "d2" >= 30 THEN 1 ELSE 0 END + CASE WHEN "d3" >= 30 THEN 1 ELSE 0 END + CASE WHEN "d4" >= 30 THEN 1 ELSE 0 END + CASE WHEN "d5" >= 30 THEN 1 ELSE 0 END AS late_30_months_6m,
  coalesce(since_current, oldest + 1) AS late_streak, since_late AS months_since_late, since_worst AS months_since_worst,
  CASE WHEN "d0" = 0 AND "d1" > 0 THEN 1 ELSE 0 END + CASE WHEN "d1" = 0 AND "d2" > 0 THEN 1 ELSE 0 END + CASE WHEN "d2" = 0 AND "d3" > 0 THEN 1 ELSE 0 END + CASE WHEN "d3" = 0 AND "d4" > 0 THEN 1 ELSE 0 END + CASE WHEN "d4" = 0 AND "d5" > 0 THEN 1 ELSE 0 END AS cures_6m,
  CASE WHEN d1 IS NOT NULL THEN CASE WHEN d1 = 0 AND d0 > 0 THEN 1 ELSE 0 END END AS new_entry,
  CASE WHEN "d0" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN "d1" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN "d2" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN "d3" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN "d4" IS NOT NULL THEN 1 ELSE 0 END + CASE WHEN "d5" IS NOT NULL THEN 1 ELSE 0 END AS snapshots_6m,
  "status_0m", "status_1m", "status_2m", "status_3m", "status_4m", "status_5m"
FROM (SELECT account_id, as_of,
  arg_max(days_past_due, seen_on) FILTER (WHERE lag = 0) AS "d0",
  arg_max(status, seen_on) FILTER (WHERE lag = 0) AS "status_0m",
  arg_max(days_past_due, seen_on) FILTER (WHERE lag = 1) AS "d1",
  arg_max(status, seen_on) FILTER (WHERE lag = 1) AS "status_1m",
  arg_max(days_past_due, seen_on) FILTER (WHERE lag = 2) AS "d2",
  arg_max(status, seen_on) FILTER (WHERE lag = 2) AS "status_2m",
  arg_max(days_past_due, seen_on) FILTER (WHERE lag = 3) AS "d3",
  arg_max(status, seen_on) FILTER (WHERE lag = 3) AS "status_3m",
  arg_max(days_past_due, seen_on) FILTER (WHERE lag = 4) AS "d4",
  arg_max(status, seen_on) FILTER (WHERE lag = 4) AS "status_4m",
  arg_max(days_past_due, seen_on) FILTER (WHERE lag = 5) AS "d5",
  arg_max(status, seen_on) FILTER (WHERE lag = 5) AS "status_5m",
  max(days_past_due) FILTER (WHERE lag < 3) AS max_3m, max(days_past_due) FILTER (WHERE lag < 6) AS max_6m,
  sum(days_past_due) FILTER (WHERE lag < 3) AS sum_3m, sum(days_past_due) FILTER (WHERE lag < 6) AS sum_6m,
  CAST(count(*) FILTER (WHERE lag < 3) AS BIGINT) AS seen_3m, CAST(count(*) FILTER (WHERE lag < 6) AS BIGINT) AS seen_6m,
  arg_max(lag, ROW(days_past_due, seen_on)) FILTER (WHERE days_past_due > 0) AS since_worst,
  min(lag) FILTER (WHERE days_past_due = 0) AS since_current, max(lag) AS oldest,
  min(lag) FILTER (WHERE days_past_due > 0 AND lag > 0) AS since_late
FROM (SELECT p.account_id, p.as_of, s.as_of AS seen_on, s.days_past_due, s.balance, s.arrears, s.minimum_due, s.status,
  date_diff('month', s.as_of, p.as_of) AS lag
FROM people_asked p
LEFT JOIN "current_snapshots" s ON s.account_id = p.account_id AND s.as_of <= p.as_of
  AND s.as_of > (p.as_of + -187 * INTERVAL 1 DAY)) h
GROUP BY account_id, as_of) m
-- []
