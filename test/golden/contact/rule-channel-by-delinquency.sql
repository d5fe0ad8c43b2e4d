INSERT INTO plan_failures SELECT DISTINCT assignment_id, clause FROM (
SELECT r.assignment_id, c.clause FROM plan_readings r
JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS INTEGER))) AS v("clause", "rule_set", "over_days") WHERE false) c ON c.rule_set = r.rule_set
JOIN (SELECT a.customer_id, max(s.days_past_due) AS days_past_due FROM (
  SELECT account_id, arg_max(days_past_due, as_of) AS days_past_due FROM "current_snapshots"
  WHERE as_of >= ((SELECT max(as_of) FROM "current_snapshots") + -92 * INTERVAL 1 DAY) GROUP BY account_id
) s JOIN "current_accounts" a ON a.account_id = s.account_id GROUP BY a.customer_id) s ON s.customer_id = r.customer_id AND s.days_past_due > c.over_days
LEFT JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR))) AS v("clause", "channel") WHERE false) n ON n.clause = c.clause AND n.channel = r.channel
WHERE n.channel IS NULL) f
-- [null,null,null,null,null]
