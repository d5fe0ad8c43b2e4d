WITH on_dates AS (SELECT s.account_id, a.customer_id, s.as_of, s.days_past_due, coalesce(s.status, '') AS status, a.charged_off_on
  FROM "current_snapshots" s JOIN "current_accounts" a ON a.account_id = s.account_id
  WHERE s.as_of IN (CAST(? AS DATE)))
SELECT s.account_id, s.customer_id, s.as_of, s.days_past_due,
  CASE WHEN coalesce(s.charged_off_on <= s.as_of, false) OR s.status IN ('charged_off', 'written_off', 'sold') THEN 'charged_off'
    WHEN s.status IN ('closed', 'paid_off') THEN 'closed'
    WHEN f.has_deceased = 1 THEN 'deceased' WHEN f.has_insolvent = 1 THEN 'insolvent'
    WHEN s.days_past_due >= ? THEN 'defaulted' END AS excluded,
  CASE WHEN s.days_past_due > 0 THEN 1 ELSE 0 END AS late
FROM on_dates s LEFT JOIN (SELECT s.account_id, s.as_of, max(CASE WHEN f.kind = 'deceased' THEN 1 ELSE 0 END) AS has_deceased, max(CASE WHEN f.kind = 'insolvent' THEN 1 ELSE 0 END) AS has_insolvent
FROM on_dates s JOIN "current_flags" f ON f.customer_id = s.customer_id
  AND f.started_on <= s.as_of AND (f.ended_on IS NULL OR f.ended_on > s.as_of)
GROUP BY s.account_id, s.as_of) f ON f.account_id = s.account_id AND f.as_of = s.as_of
-- ["2026-01-31",90]
