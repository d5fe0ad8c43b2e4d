INSERT INTO plan_failures SELECT DISTINCT assignment_id, clause FROM (
SELECT r.assignment_id, c.clause FROM plan_readings r
JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR))) AS v("clause", "rule_set")) c ON c.rule_set = r.rule_set
LEFT JOIN (SELECT DISTINCT customer_id FROM (SELECT a.customer_id FROM "current_accounts" a
LEFT JOIN "current_account_parties" t ON t.account_id = a.account_id AND t.customer_id = a.customer_id
WHERE coalesce(t.contactable, coalesce(t.role, 'holder') = 'holder')
UNION ALL SELECT customer_id FROM "current_account_parties" WHERE coalesce(contactable, role = 'holder')) x) p ON p.customer_id = r.customer_id
WHERE p.customer_id IS NULL) f
-- [5,"CO-2300"]
