SELECT account_id, as_of, ending AS outcome,
  CASE ending WHEN 'charged_off' THEN 1 WHEN 'censored' THEN NULL ELSE 0 END AS target
FROM (WITH followed AS (SELECT q.account_id, q.as_of, d.horizon_end, d.seen FROM at_risk q JOIN (SELECT * FROM (VALUES (CAST(? AS DATE), CAST(? AS DATE), CAST(? AS INTEGER)), (CAST(? AS DATE), CAST(? AS DATE), CAST(? AS INTEGER)), (CAST(? AS DATE), CAST(? AS DATE), CAST(? AS INTEGER)), (CAST(? AS DATE), CAST(? AS DATE), CAST(? AS INTEGER))) AS v("as_of", "horizon_end", "seen")) d ON d.as_of = q.as_of),
ahead AS (SELECT s.account_id, s.as_of, min(CASE WHEN s.status IN ('charged_off', 'written_off', 'sold') THEN s.as_of END) OVER (PARTITION BY s.account_id ORDER BY s.as_of ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS lost_on,
  min(CASE WHEN s.status IN ('closed', 'paid_off') THEN s.as_of END) OVER (PARTITION BY s.account_id ORDER BY s.as_of ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS closed_on, max(s.as_of) OVER (PARTITION BY s.account_id) AS last_on
  FROM "current_snapshots" s),
dated AS (SELECT f.account_id, f.as_of, f.horizon_end, f.seen, h.closed_on, least(h.last_on, f.horizon_end) AS seen_until,
  CASE WHEN a.charged_off_on > f.as_of AND (h.lost_on IS NULL OR a.charged_off_on < h.lost_on) THEN a.charged_off_on ELSE h.lost_on END AS lost_on
  FROM followed f JOIN ahead h ON h.account_id = f.account_id AND h.as_of = f.as_of JOIN "current_accounts" a ON a.account_id = f.account_id),
ended AS (SELECT *, CASE WHEN lost_on > as_of AND lost_on <= horizon_end AND (closed_on IS NULL OR lost_on <= closed_on) THEN 'charged_off'
    WHEN closed_on <= horizon_end THEN 'closed'
    WHEN seen >= 12 AND ((date_diff('day', as_of, seen_until) + 3) * 16 // 487) >= 12 THEN 'survived' ELSE 'censored' END AS ending FROM dated)
SELECT account_id, as_of, ending, CAST(CASE ending
    WHEN 'charged_off' THEN least(seen, (((greatest(date_diff('day', as_of, lost_on), 4) - 4) * 16 // 487) + 1))
    WHEN 'closed' THEN least(seen, (((greatest(date_diff('day', as_of, closed_on), 4) - 4) * 16 // 487) + 1))
    WHEN 'survived' THEN 12 ELSE least(seen, ((date_diff('day', as_of, seen_until) + 3) * 16 // 487)) END AS INTEGER) AS period
FROM ended) u
-- ["2025-05-31","2026-05-31",12,"2025-06-30","2026-06-30",12,"2025-07-31","2026-06-30",11,"2025-08-31","2026-06-30",10]
