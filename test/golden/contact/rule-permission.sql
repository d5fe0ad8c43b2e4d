INSERT INTO plan_failures SELECT DISTINCT assignment_id, clause FROM (
SELECT r.assignment_id, c.clause FROM plan_readings r
JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR))) AS v("clause", "rule_set")) c ON c.rule_set = r.rule_set
LEFT JOIN (SELECT customer_id, channel, basis, granted_at, revoked_at FROM "current_contact_permissions") p ON p.customer_id = r.customer_id AND p.channel = r.channel AND p.granted_at <= r.planned_at
LEFT JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR))) AS v("clause", "channel", "basis")) b ON b.clause = c.clause AND b.channel = p.channel AND b.basis = p.basis
GROUP BY r.assignment_id, r.planned_at, c.clause
HAVING count(b.basis) = 0) f
-- [6,"CO-2300",6,"sms","consent",6,"email","consent",6,"whatsapp","consent",6,"call","consent",6,"letter","consent"]
