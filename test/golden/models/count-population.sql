WITH candidates AS (WITH in_range AS (SELECT s.account_id, a.customer_id, s.as_of, s.days_past_due, s.arrears, s.status, a.charged_off_on
FROM "current_snapshots" s JOIN "current_accounts" a ON a.account_id = s.account_id
WHERE s.as_of IN (CAST(? AS DATE)) AND s.days_past_due BETWEEN ? AND ?)
SELECT r.account_id, r.customer_id, r.as_of, r.days_past_due,
  CASE WHEN r.charged_off_on <= r.as_of OR r.status IN ('charged_off', 'written_off', 'sold') THEN 'charged_off'
    WHEN r.status IN ('closed', 'paid_off') THEN 'closed'
    WHEN f.has_deceased = 1 THEN 'deceased'
    WHEN f.has_insolvent = 1 THEN 'insolvent'
    WHEN f.has_dispute = 1 THEN 'dispute'
    WHEN f.has_plan = 1 THEN 'plan'
    WHEN f.has_cease_contact = 1 THEN 'cease_contact'
    WHEN r.arrears <= 0e0 THEN 'small_arrears' END AS excluded,
  CASE WHEN b.days_before IS NULL THEN NULL WHEN b.days_before = 0 THEN 1 ELSE 0 END AS new_entries
FROM in_range r
LEFT JOIN (SELECT d.customer_id, d.as_of, max(CASE WHEN f.kind = 'deceased' THEN 1 ELSE 0 END) AS has_deceased, max(CASE WHEN f.kind = 'insolvent' THEN 1 ELSE 0 END) AS has_insolvent, max(CASE WHEN f.kind = 'dispute' THEN 1 ELSE 0 END) AS has_dispute, max(CASE WHEN f.kind = 'plan' THEN 1 ELSE 0 END) AS has_plan, max(CASE WHEN f.kind = 'cease_contact' THEN 1 ELSE 0 END) AS has_cease_contact
FROM (SELECT DISTINCT customer_id, as_of FROM in_range) d JOIN "current_flags" f ON f.customer_id = d.customer_id
  AND f.started_on <= d.as_of AND (f.ended_on IS NULL OR f.ended_on > d.as_of)
GROUP BY d.customer_id, d.as_of) f ON f.customer_id = r.customer_id AND f.as_of = r.as_of
LEFT JOIN (SELECT r.account_id, r.as_of, arg_max(s.days_past_due, s.as_of) AS days_before
FROM in_range r JOIN "current_snapshots" s ON s.account_id = r.account_id
  AND s.as_of < r.as_of AND s.as_of >= (r.as_of + -45 * INTERVAL 1 DAY)
GROUP BY r.account_id, r.as_of) b ON b.account_id = r.account_id AND b.as_of = r.as_of),
at_risk AS (SELECT account_id, customer_id, as_of FROM candidates WHERE excluded IS NULL),
outcomes AS (WITH settled_rows AS (SELECT q.account_id, q.customer_id, q.as_of, d.horizon_end, d.label_end
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
WHERE f.kind IN ('insolvent', 'deceased')) e ON e.account_id = p.account_id AND e.as_of = p.as_of) o)
SELECT c.as_of, c.excluded, o.outcome, o.target, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS n
FROM candidates c LEFT JOIN outcomes o ON o.account_id = c.account_id AND o.as_of = c.as_of
GROUP BY c.as_of, c.excluded, o.outcome, o.target
ORDER BY c.as_of, c.excluded, o.outcome, o.target
-- ["2005-07-31",1,240,"2005-07-31","2005-08-31","2005-08-31"]
