INSERT INTO plan_failures SELECT DISTINCT assignment_id, clause FROM (
SELECT r.assignment_id, c.clause FROM plan_readings r
JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR))) AS v("clause", "rule_set")) c ON c.rule_set = r.rule_set
JOIN (SELECT customer_id, channel, basis, granted_at, revoked_at FROM "current_contact_permissions") p ON p.customer_id = r.customer_id AND p.channel = r.channel
WHERE p.revoked_at >= p.granted_at) f
-- [3,"CO-2300"]
