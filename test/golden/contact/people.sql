
CREATE TEMPORARY TABLE plan_people AS
SELECT a.assignment_id, a.customer_id, a.arm, x.channel,
  coalesce(nullif(c.jurisdiction, ''), ?, '') AS jurisdiction, coalesce(c.time_zone, '') AS time_zone
FROM assignments a
JOIN (SELECT * FROM (VALUES (CAST(? AS VARCHAR), CAST(? AS VARCHAR))) AS v("arm", "channel")) x ON x.arm = a.arm
LEFT JOIN "current_customers" c ON c.customer_id = a.customer_id
WHERE a.experiment_id = ?
-- ["TW","neutral","sms","exp"]
