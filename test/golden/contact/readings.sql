
CREATE TEMPORARY TABLE plan_readings AS 
SELECT p.assignment_id, p.customer_id, p.channel, p.rule_set, p.zone, p.planned_at, (p.planned_at + o.seconds * INTERVAL 1 SECOND) AS local_at,
  CAST((p.planned_at + o.seconds * INTERVAL 1 SECOND) AS DATE) AS local_date, CAST(isodow((p.planned_at + o.seconds * INTERVAL 1 SECOND)) AS INTEGER) AS weekday, CAST(hour((p.planned_at + o.seconds * INTERVAL 1 SECOND)) * 60 + minute((p.planned_at + o.seconds * INTERVAL 1 SECOND)) AS INTEGER) AS minute
FROM (SELECT m.assignment_id, m.customer_id, k.channel, k.rule_set, k.zone, k.planned_at FROM plan_people m
  JOIN plan_clocks k ON k.jurisdiction = m.jurisdiction AND k.time_zone = m.time_zone AND k.channel = m.channel AND k.send_window = m.send_window) p
JOIN zone_offsets o ON o.zone = p.zone AND p.planned_at >= o.from_utc AND p.planned_at < o.to_utc
-- []
