INSERT INTO plan_failures SELECT DISTINCT assignment_id, clause FROM (
SELECT r.assignment_id, c.clause FROM plan_readings r
JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR))) AS v("clause", "rule_set")) c ON c.rule_set = r.rule_set
JOIN (SELECT customer_id, kind, started_on, ended_on FROM "current_flags") f ON f.customer_id = r.customer_id
JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR))) AS v("clause", "kind")) k
  ON k.clause = c.clause AND k.kind = f.kind
WHERE f.started_on <= r.local_date AND (f.ended_on IS NULL OR f.ended_on >= r.local_date)) f
-- [4,"CO-2300",4,"dispute",4,"hardship",4,"vulnerable",4,"deceased",4,"insolvent",4,"cease_contact",4,"plan"]
