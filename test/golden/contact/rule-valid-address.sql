INSERT INTO plan_failures SELECT DISTINCT assignment_id, clause FROM (
SELECT r.assignment_id, c.clause FROM plan_readings r
JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR))) AS v("clause", "rule_set")) c ON c.rule_set = r.rule_set
LEFT JOIN (SELECT DISTINCT customer_id, channel FROM (SELECT customer_id, channel, valid FROM "current_contact_points") x WHERE x.valid) p
  ON p.customer_id = r.customer_id AND p.channel = r.channel
WHERE p.customer_id IS NULL) f
-- [7,"CO-2300"]
