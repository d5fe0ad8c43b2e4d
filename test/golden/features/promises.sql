SELECT p.account_id, p.as_of, coalesce(made, 0) AS promises_180d,
  CASE WHEN kept + broken > 0 THEN CAST(kept AS DOUBLE) / CAST(kept + broken AS DOUBLE) END AS promises_kept_share, coalesce(broken, 0) AS promises_broken_180d,
  coalesce(kept, 0) AS promises_kept_180d, since_broken AS days_since_broken_promise,
  coalesce(pending, 0) AS promises_open, days_to_promise
FROM people_asked p LEFT JOIN (SELECT account_id, as_of, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS made,
  CAST(count(*) FILTER (WHERE matured AND kept) AS BIGINT) AS kept, CAST(count(*) FILTER (WHERE matured AND NOT kept) AS BIGINT) AS broken,
  min(-days_to_due) FILTER (WHERE matured AND NOT kept) AS since_broken,
  CAST(count(*) FILTER (WHERE days_to_due >= 0) AS BIGINT) AS pending, min(days_to_due) FILTER (WHERE days_to_due >= 0) AS days_to_promise
FROM (SELECT p.account_id, p.as_of, y.kept, date_diff('day', p.as_of, y.due_on) AS days_to_due,
  (y.due_on + 3 * INTERVAL 1 DAY) <= p.as_of AS matured
FROM people_asked p JOIN "current_promises" y ON y.account_id = p.account_id
  AND y.made_at < (p.as_of + 1 * INTERVAL 1 DAY) AND y.made_at >= (p.as_of + -180 * INTERVAL 1 DAY)) e
GROUP BY account_id, as_of) s ON s.account_id = p.account_id AND s.as_of = p.as_of
-- []
