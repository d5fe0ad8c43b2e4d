
INSERT INTO contact_checks (batch_id, assignment_id, experiment_id, customer_id, arm, touch, channel, planned_at, planned_local,
  send_before, send_before_local, time_zone, zone_source, rule_set, rule_version, state, reserved_until)
SELECT ?, m.assignment_id, ?, m.customer_id, m.arm, ?, m.channel, q.planned_at,
  q.planned_local, q.send_before, q.send_before_local, q.zone, q.zone_source, q.rule_set, q.rule_version, 'reserved', q.send_before
FROM plan_people m
JOIN plan_places q ON q.jurisdiction = m.jurisdiction AND q.time_zone = m.time_zone AND q.channel = m.channel AND q.send_window = m.send_window
LEFT JOIN (SELECT DISTINCT assignment_id FROM plan_failures) f ON f.assignment_id = m.assignment_id
WHERE f.assignment_id IS NULL AND q.blocked_by IS NULL
-- ["b","exp",1]
