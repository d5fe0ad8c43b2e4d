WITH settled_rows AS (SELECT q.account_id, q.customer_id, q.as_of, d.horizon_end, d.label_end
  FROM at_risk q JOIN (SELECT CAST(? AS DATE) AS as_of, CAST(? AS DATE) AS horizon_end, CAST(? AS DATE) AS label_end) d ON d.as_of = q.as_of)
SELECT account_id, as_of, outcome,
  CASE WHEN outcome = 'left' THEN NULL WHEN outcome IN ('cured', 'closed') THEN 1 ELSE 0 END AS target
FROM (SELECT p.account_id, p.as_of, CASE
    WHEN e.account_id IS NOT NULL OR x.lost_on IS NOT NULL THEN 'lost'
    WHEN a.charged_off_on > p.as_of AND a.charged_off_on <= p.horizon_end THEN 'lost'
    WHEN x.cured_on IS NULL THEN CASE WHEN x.snapshots > 0 THEN 'not_cured' ELSE 'left' END
    WHEN m.measure_at < (x.cured_on + 1 * INTERVAL 1 DAY) THEN 'administrative'
    WHEN x.closed_on = x.cured_on THEN 'closed'
    WHEN p.label_end > p.horizon_end AND x.late_on > x.cured_on THEN 'relapsed'
    ELSE 'cured' END AS outcome
  FROM settled_rows p
  JOIN (SELECT p.account_id, p.as_of, CAST(count(*) FILTER (WHERE s.as_of <= p.horizon_end) AS BIGINT) AS snapshots,
  min(s.as_of) FILTER (WHERE s.as_of <= p.horizon_end AND s.days_past_due = 0 AND NOT coalesce(s.status IN ('charged_off', 'written_off', 'sold'), false)) AS cured_on,
  min(s.as_of) FILTER (WHERE s.as_of <= p.horizon_end AND s.status IN ('closed', 'paid_off')) AS closed_on,
  min(s.as_of) FILTER (WHERE s.as_of <= p.horizon_end AND s.status IN ('charged_off', 'written_off', 'sold')) AS lost_on, max(s.as_of) FILTER (WHERE s.days_past_due > 0) AS late_on
FROM settled_rows p LEFT JOIN "current_snapshots" s ON s.account_id = p.account_id AND s.as_of > p.as_of AND s.as_of <= p.label_end
GROUP BY p.account_id, p.as_of) x ON x.account_id = p.account_id AND x.as_of = p.as_of
  LEFT JOIN "current_accounts" a ON a.account_id = p.account_id
  LEFT JOIN (SELECT p.account_id, p.as_of, min(m.occurred_at) AS measure_at
FROM settled_rows p JOIN "current_adjustments" m ON m.account_id = p.account_id
  AND m.occurred_at >= (p.as_of + 1 * INTERVAL 1 DAY) AND m.occurred_at < (p.horizon_end + 1 * INTERVAL 1 DAY)
WHERE m.kind IN ('re_age', 'refund', 'write_off', 'restructuring')
GROUP BY p.account_id, p.as_of) m ON m.account_id = p.account_id AND m.as_of = p.as_of
  LEFT JOIN (SELECT DISTINCT p.account_id, p.as_of
FROM settled_rows p JOIN "current_flags" f ON f.customer_id = p.customer_id
  AND f.started_on > p.as_of AND f.started_on <= p.horizon_end
WHERE f.kind IN ('insolvent', 'deceased')) e ON e.account_id = p.account_id AND e.as_of = p.as_of) o
-- ["2026-06-30","2026-07-31","2026-07-31"]
