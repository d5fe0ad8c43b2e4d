SELECT o.account_id, o.as_of, o.outcome, CASE WHEN o.outcome = 'left' THEN NULL WHEN o.outcome IN ('self', 'light', 'assisted', 'cured') THEN 1 ELSE 0 END AS target
FROM (SELECT w.account_id, w.as_of, CASE
    WHEN w.lost_on IS NOT NULL THEN 'lost'
    WHEN w.cured_on IS NULL AND w.snapshots = 0 THEN 'left'
    WHEN w.cured_on IS NULL THEN CASE WHEN w.partial_on IS NOT NULL OR w.improved = 1 THEN 'partial' ELSE 'none' END
    WHEN w.measure_on <= w.cured_on THEN 'administrative'
    WHEN w.late_on IS NOT NULL THEN 'relapsed'
    WHEN w.assisted_on <= w.cured_on THEN 'assisted'
    WHEN w.contacted_on <= w.cured_on THEN 'light'
    WHEN NOT EXISTS (SELECT 1 FROM "current_contacts") THEN 'cured'
    ELSE 'self' END AS outcome FROM (WITH settled_rows AS (SELECT q.account_id, q.customer_id, q.as_of, d.horizon_end, d.label_end, n.arrears, n.days_past_due AS days_then
  FROM at_risk q JOIN (SELECT * FROM (VALUES (CAST(? AS DATE), CAST(? AS DATE), CAST(? AS DATE))) AS v("as_of", "horizon_end", "label_end")) d ON d.as_of = q.as_of
  LEFT JOIN "current_snapshots" n ON n.account_id = q.account_id AND n.as_of = q.as_of),
seen AS (SELECT s.account_id, s.as_of, count(*) AS snapshots,
  min(s.seen_on) FILTER (WHERE s.clear) AS cured_seen_on, arg_max(CASE WHEN s.clear THEN s.before_on END, -CAST(date_diff('day', s.as_of, s.seen_on) AS INTEGER)) AS before_seen_on,
  min(s.seen_on) FILTER (WHERE s.gone) AS lost_seen_on, min(s.days_past_due) AS lowest
FROM (SELECT p.account_id, p.as_of, s.as_of AS seen_on, s.days_past_due, coalesce(s.status IN ('charged_off', 'written_off', 'sold'), false) AS gone,
  NOT coalesce(s.status IN ('charged_off', 'written_off', 'sold'), false) AND (s.days_past_due = 0 OR coalesce(s.status IN ('paid_off'), false)) AS clear,
  coalesce(lag(s.as_of) OVER (PARTITION BY p.account_id, p.as_of ORDER BY s.as_of), p.as_of) AS before_on
  FROM settled_rows p JOIN "current_snapshots" s ON s.account_id = p.account_id AND s.as_of > p.as_of AND s.as_of <= p.horizon_end) s
GROUP BY s.account_id, s.as_of),
paid_days AS (SELECT d.account_id, d.as_of, d.paid_on, d.arrears,
  sum(d.amount) OVER (PARTITION BY d.account_id, d.as_of ORDER BY d.paid_on) AS paid_so_far,
  coalesce((SELECT sum(i.amount) FROM "current_instalments" i WHERE i.account_id = d.account_id AND i.due_on > d.as_of AND i.due_on < d.paid_on), 0) AS fallen_due
FROM (SELECT p.account_id, p.as_of, p.arrears, CAST(y.paid_at AS DATE) AS paid_on, sum(y.amount) AS amount
  FROM settled_rows p JOIN "current_payments" y ON y.account_id = p.account_id AND y.paid_at >= (p.as_of + 1 * INTERVAL 1 DAY) AND y.paid_at < (p.horizon_end + 1 * INTERVAL 1 DAY)
  WHERE NOT coalesce(y.reversed, false) GROUP BY 1, 2, 3, 4) d),
paid AS (SELECT d.account_id, d.as_of, min(d.paid_on) AS paid_on,
  min(CASE WHEN d.paid_so_far >= d.arrears + d.fallen_due AND NOT coalesce(n.days_past_due > date_diff('day', d.paid_on, n.as_of), false) THEN d.paid_on END) AS cured_paid_on
FROM paid_days d LEFT JOIN (SELECT d.account_id, d.as_of AS asked_on, d.paid_on, min(s.as_of) AS next_on
  FROM paid_days d JOIN "current_snapshots" s ON s.account_id = d.account_id AND s.as_of >= d.paid_on AND s.as_of <= (d.paid_on + 45 * INTERVAL 1 DAY)
  GROUP BY d.account_id, d.as_of, d.paid_on) t ON t.account_id = d.account_id AND t.asked_on = d.as_of AND t.paid_on = d.paid_on
LEFT JOIN "current_snapshots" n ON n.account_id = t.account_id AND n.as_of = t.next_on
GROUP BY d.account_id, d.as_of),
cures AS (SELECT p.*, coalesce(x.snapshots, 0) AS snapshots, x.lost_seen_on, x.cured_seen_on, x.before_seen_on, x.lowest, y.paid_on, y.cured_paid_on,
  CASE WHEN y.cured_paid_on <= x.cured_seen_on OR x.cured_seen_on IS NULL THEN y.cured_paid_on ELSE x.cured_seen_on END AS cured_on
  FROM settled_rows p LEFT JOIN seen x ON x.account_id = p.account_id AND x.as_of = p.as_of
  LEFT JOIN paid y ON y.account_id = p.account_id AND y.as_of = p.as_of)
SELECT c.account_id, c.customer_id, c.as_of, c.horizon_end, c.label_end, c.snapshots, c.cured_on,
  CASE WHEN c.cured_on IS NULL THEN NULL WHEN c.cured_on = c.cured_paid_on OR date_diff('day', c.before_seen_on, c.cured_on) <= ? THEN 1 ELSE 0 END AS dated,
  r.late_on, least(coalesce(c.lost_seen_on, CASE WHEN a.charged_off_on > c.as_of AND a.charged_off_on <= c.horizon_end THEN a.charged_off_on END, e.ended_on), coalesce(CASE WHEN a.charged_off_on > c.as_of AND a.charged_off_on <= c.horizon_end THEN a.charged_off_on END, c.lost_seen_on, e.ended_on), coalesce(e.ended_on, c.lost_seen_on, CASE WHEN a.charged_off_on > c.as_of AND a.charged_off_on <= c.horizon_end THEN a.charged_off_on END)) AS lost_on, m.measure_on,
  CASE WHEN c.paid_on < c.cured_on OR c.cured_on IS NULL THEN c.paid_on END AS partial_on,
  CASE WHEN c.lowest < c.days_then THEN 1 ELSE 0 END AS improved, k.contacted_on, k.assisted_on
FROM cures c
LEFT JOIN "current_accounts" a ON a.account_id = c.account_id
LEFT JOIN (SELECT c.account_id, c.as_of, min(s.as_of) AS late_on
FROM cures c JOIN "current_snapshots" s ON s.account_id = c.account_id AND s.as_of > c.cured_on AND s.days_past_due > 0
  AND s.as_of <= (c.cured_on + date_diff('day', c.horizon_end, c.label_end) * INTERVAL 1 DAY)
GROUP BY c.account_id, c.as_of) r ON r.account_id = c.account_id AND r.as_of = c.as_of
LEFT JOIN (SELECT p.account_id, p.as_of, min(f.started_on) AS ended_on
FROM settled_rows p JOIN "current_flags" f ON f.customer_id = p.customer_id AND f.started_on > p.as_of AND f.started_on <= p.horizon_end
WHERE f.kind IN ('insolvent', 'deceased') GROUP BY p.account_id, p.as_of) e ON e.account_id = c.account_id AND e.as_of = c.as_of
LEFT JOIN (SELECT p.account_id, p.as_of, CAST(min(m.occurred_at) AS DATE) AS measure_on
FROM settled_rows p JOIN "current_adjustments" m ON m.account_id = p.account_id AND m.occurred_at >= (p.as_of + 1 * INTERVAL 1 DAY) AND m.occurred_at < (p.horizon_end + 1 * INTERVAL 1 DAY)
WHERE m.kind IN ('re_age', 'refund', 'write_off', 'restructuring') GROUP BY p.account_id, p.as_of) m ON m.account_id = c.account_id AND m.as_of = c.as_of
LEFT JOIN (SELECT p.account_id, p.as_of, CAST(min(t.sent_at) AS DATE) AS contacted_on,
  CAST(min(t.sent_at) FILTER (WHERE t.channel = 'call' OR t.agent_id IS NOT NULL) AS DATE) AS assisted_on
FROM settled_rows p JOIN "current_contacts" t ON t.customer_id = p.customer_id AND t.sent_at >= (p.as_of + 1 * INTERVAL 1 DAY) AND t.sent_at < (p.horizon_end + 1 * INTERVAL 1 DAY)
WHERE coalesce(t.delivered, true) GROUP BY p.account_id, p.as_of) k ON k.account_id = c.account_id AND k.as_of = c.as_of) w) o
-- ["2026-06-30","2026-07-31","2026-07-31",7]
