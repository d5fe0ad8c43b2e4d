INSERT INTO plan_failures SELECT DISTINCT assignment_id, clause FROM (
SELECT r.assignment_id, c.clause FROM plan_readings r
JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS DATE), CAST(? AS DATE))) AS v("clause", "rule_set", "first_day", "last_day")) c ON c.rule_set = r.rule_set
LEFT JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS DATE)), (CAST(? AS INTEGER), CAST(? AS DATE))) AS v("clause", "holiday")) h
  ON h.clause = c.clause AND h.holiday = r.local_date
WHERE h.holiday IS NOT NULL OR r.local_date < c.first_day OR r.local_date > c.last_day) f
-- [9,"CO-2300","2026-01-01","2026-12-31",9,"2026-01-01",9,"2026-12-25"]
