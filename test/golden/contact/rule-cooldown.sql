INSERT INTO plan_failures SELECT DISTINCT assignment_id, clause FROM (
SELECT r.assignment_id, c.clause FROM plan_readings r
JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR), CAST(? AS INTEGER))) AS v("clause", "rule_set", "after", "days")) c ON c.rule_set = r.rule_set
JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR))) AS v("clause", "channel")) n ON n.clause = c.clause AND n.channel = r.channel
JOIN plan_touches t ON t.customer_id = r.customer_id
JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR))) AS v("clause", "channel")) u ON u.clause = c.clause AND u.channel = t.channel
JOIN zone_offsets o ON o.zone = r.zone AND t.happened_at >= o.from_utc AND t.happened_at < o.to_utc
WHERE (c.after = 'attempt' OR (c.after = 'contact' AND t.reached) OR (c.after = 'conversation' AND t.conversation))
  AND abs(date_diff('day', CAST((t.happened_at + o.seconds * INTERVAL 1 SECOND) AS DATE), r.local_date)) < c.days) f
-- [13,"CL-21320","attempt",2,13,"sms",13,"email",13,"whatsapp",13,"letter",13,"sms",13,"email",13,"whatsapp",13,"letter"]
