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
WHERE s.as_of <= CAST(? AS DATE) AND s.account_id IN (SELECT account_id FROM in_range)) h WHERE h.days_past_due >= ?) x WHERE x.as_of IN (CAST(? AS DATE))) y) b ON b.account_id = r.account_id AND b.as_of = r.as_of),
at_risk AS (SELECT c.* FROM candidates c WHERE c.excluded IS NULL AND CAST((md5_number(('train:7:' || c.customer_id)) >> 0) & 4294967295 AS BIGINT) < ?),
outcomes AS (SELECT o.account_id, o.as_of, o.outcome, CASE WHEN o.outcome = 'left' THEN NULL WHEN o.outcome IN ('self', 'light', 'assisted', 'cured') THEN 1 ELSE 0 END AS target
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
WHERE coalesce(t.delivered, true) GROUP BY p.account_id, p.as_of) k ON k.account_id = c.account_id AND k.as_of = c.as_of) w) o),
population AS (SELECT r.*, o.target
  FROM at_risk r JOIN outcomes o ON o.account_id = r.account_id AND o.as_of = r.as_of
  WHERE o.target IS NOT NULL)
SELECT CAST(p.target AS DOUBLE) AS row_target, p.as_of AS row_day,
  CAST(dense_rank() OVER (ORDER BY p.customer_id) AS INTEGER) AS row_group,
  CASE WHEN p.days_past_due >= 180 THEN '180+' WHEN p.days_past_due >= 120 THEN '120-179' WHEN p.days_past_due >= 90 THEN '90-119' WHEN p.days_past_due >= 60 THEN '60-89' WHEN p.days_past_due >= 30 THEN '30-59' WHEN p.days_past_due >= 1 THEN '1-29' WHEN p.days_past_due >= 0 THEN '0' END AS row_bucket,
  a.product_type AS row_product,
  CAST(p.new_entries AS DOUBLE) AS slice_new_entries,
  f."promises_180d",
  f."promises_kept_share",
  f."promises_broken_180d",
  f."promises_kept_180d",
  f."days_since_broken_promise",
  f."promises_open",
  f."days_to_promise",
  f."months_open",
  f."months_customer",
  f."accounts_held",
  f."months_newest_account",
  f."annual_rate",
  f."product",
  f."currency",
  f."country",
  f."customer_kind",
  f."security"
FROM population p
JOIN (SELECT p.account_id, p.as_of, CAST(f0."promises_180d" AS DOUBLE) AS "promises_180d",
  CAST(f0."promises_kept_share" AS DOUBLE) AS "promises_kept_share",
  CAST(f0."promises_broken_180d" AS DOUBLE) AS "promises_broken_180d",
  CAST(f0."promises_kept_180d" AS DOUBLE) AS "promises_kept_180d",
  CAST(f0."days_since_broken_promise" AS DOUBLE) AS "days_since_broken_promise",
  CAST(f0."promises_open" AS DOUBLE) AS "promises_open",
  CAST(f0."days_to_promise" AS DOUBLE) AS "days_to_promise",
  CAST(f1."months_open" AS DOUBLE) AS "months_open",
  CAST(f1."months_customer" AS DOUBLE) AS "months_customer",
  CAST(f1."accounts_held" AS DOUBLE) AS "accounts_held",
  CAST(f1."months_newest_account" AS DOUBLE) AS "months_newest_account",
  CAST(f1."annual_rate" AS DOUBLE) AS "annual_rate",
  CAST(f1."product" AS VARCHAR) AS "product",
  CAST(f1."currency" AS VARCHAR) AS "currency",
  CAST(f1."country" AS VARCHAR) AS "country",
  CAST(f1."customer_kind" AS VARCHAR) AS "customer_kind",
  CAST(f1."security" AS VARCHAR) AS "security"
FROM population p
LEFT JOIN (SELECT p.account_id, p.as_of, coalesce(made, 0) AS promises_180d,
  CASE WHEN kept + broken > 0 THEN CAST(kept AS DOUBLE) / CAST(kept + broken AS DOUBLE) END AS promises_kept_share, coalesce(broken, 0) AS promises_broken_180d,
  coalesce(kept, 0) AS promises_kept_180d, since_broken AS days_since_broken_promise,
  coalesce(pending, 0) AS promises_open, days_to_promise
FROM population p LEFT JOIN (SELECT account_id, as_of, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS made,
  CAST(count(*) FILTER (WHERE matured AND kept) AS BIGINT) AS kept, CAST(count(*) FILTER (WHERE matured AND NOT kept) AS BIGINT) AS broken,
  min(-days_to_due) FILTER (WHERE matured AND NOT kept) AS since_broken,
  CAST(count(*) FILTER (WHERE days_to_due >= 0) AS BIGINT) AS pending, min(days_to_due) FILTER (WHERE days_to_due >= 0) AS days_to_promise
FROM (SELECT p.account_id, p.as_of, y.kept, date_diff('day', p.as_of, y.due_on) AS days_to_due,
  (y.due_on + 3 * INTERVAL 1 DAY) <= p.as_of AS matured
FROM population p JOIN "current_promises" y ON y.account_id = p.account_id
  AND y.made_at < (p.as_of + 1 * INTERVAL 1 DAY) AND y.made_at >= (p.as_of + -180 * INTERVAL 1 DAY)) e
GROUP BY account_id, as_of) s ON s.account_id = p.account_id AND s.as_of = p.as_of) f0 ON f0.account_id = p.account_id AND f0.as_of = p.as_of
LEFT JOIN (SELECT p.account_id, p.as_of,
  CASE WHEN a.opened_on <= p.as_of THEN date_diff('month', a.opened_on, p.as_of) END AS months_open,
  CASE WHEN c.customer_since <= p.as_of THEN date_diff('month', c.customer_since, p.as_of) END AS months_customer,
  h.held AS accounts_held, date_diff('month', h.newest, p.as_of) AS months_newest_account,
  a.rate AS annual_rate, a.product_type AS product, a.currency, c.jurisdiction AS country, c.customer_type AS customer_kind,
  CASE WHEN a.secured THEN 'secured' WHEN NOT a.secured THEN 'unsecured' END AS security
FROM population p
LEFT JOIN "current_accounts" a ON a.account_id = p.account_id
LEFT JOIN "current_customers" c ON c.customer_id = p.customer_id
LEFT JOIN (SELECT q.customer_id, q.as_of, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS held, max(o.opened_on) AS newest
  FROM (SELECT DISTINCT customer_id, as_of FROM population) q
  JOIN "current_accounts" o ON o.customer_id = q.customer_id AND o.opened_on <= q.as_of
  GROUP BY q.customer_id, q.as_of) h ON h.customer_id = p.customer_id AND h.as_of = p.as_of) f1 ON f1.account_id = p.account_id AND f1.as_of = p.as_of) f ON f.account_id = p.account_id AND f.as_of = p.as_of
LEFT JOIN "current_accounts" a ON a.account_id = p.account_id
ORDER BY p.as_of, p.account_id
-- ["2005-07-31",1,240,45,10,1,1,1,"2005-07-31",1,"2005-07-31",1073741824,"2005-07-31","2005-08-31","2005-08-31",7]
