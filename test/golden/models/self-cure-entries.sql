WITH in_range AS (SELECT s.account_id, a.customer_id, s.as_of, s.days_past_due, s.arrears, s.status, a.charged_off_on
FROM "current_snapshots" s JOIN "current_accounts" a ON a.account_id = s.account_id
WHERE s.as_of IN (CAST(? AS DATE), CAST(? AS DATE)) AND s.days_past_due BETWEEN ? AND ?)
SELECT r.account_id, r.customer_id, r.as_of, r.days_past_due,
  CASE WHEN r.charged_off_on <= r.as_of OR r.status IN ('charged_off', 'written_off', 'sold') THEN 'charged_off'
    WHEN r.status IN ('closed', 'paid_off') THEN 'closed'
    WHEN f.has_deceased = 1 THEN 'deceased'
    WHEN f.has_insolvent = 1 THEN 'insolvent'
    WHEN f.has_dispute = 1 THEN 'dispute'
    WHEN f.has_plan = 1 THEN 'plan'
    WHEN f.has_cease_contact = 1 THEN 'cease_contact'
    WHEN r.arrears <= 0e0 THEN 'small_arrears'
    WHEN b.started = 0 THEN 'start_unknown'
    WHEN b.asked = 0 THEN 'not_entry' END AS excluded,
  CAST(NULL AS INTEGER) AS new_entries
FROM in_range r
LEFT JOIN (SELECT d.customer_id, d.as_of, max(CASE WHEN f.kind = 'deceased' THEN 1 ELSE 0 END) AS has_deceased, max(CASE WHEN f.kind = 'insolvent' THEN 1 ELSE 0 END) AS has_insolvent, max(CASE WHEN f.kind = 'dispute' THEN 1 ELSE 0 END) AS has_dispute, max(CASE WHEN f.kind = 'plan' THEN 1 ELSE 0 END) AS has_plan, max(CASE WHEN f.kind = 'cease_contact' THEN 1 ELSE 0 END) AS has_cease_contact
FROM (SELECT DISTINCT customer_id, as_of FROM in_range) d JOIN "current_flags" f ON f.customer_id = d.customer_id
  AND f.started_on <= d.as_of AND (f.ended_on IS NULL OR f.ended_on > d.as_of)
GROUP BY d.customer_id, d.as_of) f ON f.customer_id = r.customer_id AND f.as_of = r.as_of
LEFT JOIN (SELECT y.account_id, y.as_of,
  CASE WHEN y.clear_on IS NULL OR date_diff('day', y.clear_on, y.seen_on) > ? THEN 0 ELSE 1 END AS started,
  CASE WHEN date_diff('day', y.seen_before, y.as_of) > ? THEN CASE WHEN y.seen_before = y.clear_on THEN 1 ELSE 0 END
    WHEN y.as_of >= (y.entered_on + 5 * INTERVAL 1 DAY) AND (y.seen_before = y.clear_on OR y.seen_before < (y.entered_on + 5 * INTERVAL 1 DAY)) THEN 1 ELSE 0 END AS asked
FROM (SELECT x.*, CASE WHEN CAST((x.seen_on + (? - CAST(x.seen_days AS INTEGER)) * INTERVAL 1 DAY) AS DATE) <= x.clear_on THEN CAST((x.clear_on + 1 * INTERVAL 1 DAY) AS DATE) ELSE CAST((x.seen_on + (? - CAST(x.seen_days AS INTEGER)) * INTERVAL 1 DAY) AS DATE) END AS entered_on
  FROM (SELECT h.account_id, h.as_of, h.seen_before, h.clear_on,
  first_value(h.as_of) OVER (PARTITION BY h.account_id, h.clear_on ORDER BY h.as_of) AS seen_on, first_value(h.days_past_due) OVER (PARTITION BY h.account_id, h.clear_on ORDER BY h.as_of) AS seen_days
FROM (SELECT s.account_id, s.as_of, s.days_past_due,
  lag(s.as_of) OVER (PARTITION BY s.account_id ORDER BY s.as_of) AS seen_before,
  max(CASE WHEN s.days_past_due < ? THEN s.as_of END) OVER (PARTITION BY s.account_id ORDER BY s.as_of ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS clear_on
FROM "current_snapshots" s
WHERE s.as_of <= CAST(? AS DATE) AND s.account_id IN (SELECT account_id FROM in_range)) h WHERE h.days_past_due >= ?) x WHERE x.as_of IN (CAST(? AS DATE), CAST(? AS DATE))) y) b ON b.account_id = r.account_id AND b.as_of = r.as_of
-- ["2026-05-31","2026-06-30",1,29,45,10,1,1,1,"2026-06-30",1,"2026-05-31","2026-06-30"]
