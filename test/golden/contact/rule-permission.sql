INSERT INTO plan_failures SELECT DISTINCT assignment_id, clause FROM (
SELECT r.assignment_id, c.clause FROM plan_readings r
JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR))) AS v("clause", "rule_set")) c ON c.rule_set = r.rule_set
LEFT JOIN (
  SELECT p.customer_id, p.channel, b.clause, min(p.granted_at) AS granted_at FROM (SELECT customer_id, channel, basis, granted_at, revoked_at FROM "current_contact_permissions") p
  JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR))) AS v("clause", "channel", "basis")) b ON b.channel = p.channel AND b.basis = p.basis
  GROUP BY p.customer_id, p.channel, b.clause
) g ON g.customer_id = r.customer_id AND g.channel = r.channel AND g.clause = c.clause
WHERE g.granted_at IS NULL OR g.granted_at > r.planned_at) f
-- [5,"CO-2300",5,"sms","consent",5,"email","consent",5,"whatsapp","consent",5,"call","consent",5,"letter","consent"]
