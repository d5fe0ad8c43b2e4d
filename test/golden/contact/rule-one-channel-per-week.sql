INSERT INTO plan_failures SELECT DISTINCT assignment_id, clause FROM (
SELECT r.assignment_id, c.clause FROM plan_readings r
JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR))) AS v("clause", "rule_set")) c ON c.rule_set = r.rule_set
JOIN plan_touches t ON t.customer_id = r.customer_id AND t.channel <> r.channel AND t.reached
JOIN zone_offsets o ON o.zone = r.zone AND t.happened_at >= o.from_utc AND t.happened_at < o.to_utc
WHERE CAST(date_trunc('week', CAST((t.happened_at + o.seconds * INTERVAL 1 SECOND) AS DATE)) AS DATE) = CAST(date_trunc('week', r.local_date) AS DATE)) f
-- [12,"CO-2300"]
