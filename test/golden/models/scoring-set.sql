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
population AS (SELECT account_id, customer_id, as_of FROM candidates WHERE excluded IS NULL)
SELECT p.account_id, p.as_of, CAST(f0."promises_180d" AS DOUBLE) AS "promises_180d",
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
  GROUP BY q.customer_id, q.as_of) h ON h.customer_id = p.customer_id AND h.as_of = p.as_of) f1 ON f1.account_id = p.account_id AND f1.as_of = p.as_of
-- ["2005-09-30",1,240,45,10,1,1,1,"2005-09-30",1,"2005-09-30"]
