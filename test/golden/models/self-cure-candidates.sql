WITH in_range AS (SELECT s.account_id, a.customer_id, s.as_of, s.days_past_due, s.arrears, s.status, a.charged_off_on
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
GROUP BY r.account_id, r.as_of) b ON b.account_id = r.account_id AND b.as_of = r.as_of
-- ["2026-06-30",1,29]
