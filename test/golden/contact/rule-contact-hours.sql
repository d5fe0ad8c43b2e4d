INSERT INTO plan_failures SELECT DISTINCT assignment_id, clause FROM (
SELECT r.assignment_id, s.clause FROM plan_readings r
JOIN (
  SELECT m.rule_set, m.channel, m.weekday, m.minute, c.clause
  FROM (SELECT DISTINCT rule_set, channel, weekday, minute FROM plan_readings d) m
  JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR))) AS v("clause", "rule_set")) c ON c.rule_set = m.rule_set
  JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR)), (CAST(? AS INTEGER), CAST(? AS VARCHAR))) AS v("clause", "channel")) n ON n.clause = c.clause AND n.channel = m.channel
  LEFT JOIN (SELECT * FROM (VALUES (CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER)), (CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER)), (CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER)), (CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER)), (CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER)), (CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER))) AS v("clause", "weekday", "opens", "closes")) w ON w.clause = c.clause AND w.weekday = m.weekday
  GROUP BY m.rule_set, m.channel, m.weekday, m.minute, c.clause
  HAVING max(CASE WHEN m.minute >= w.opens AND m.minute < w.closes THEN 1 ELSE 0 END) = 0
) s ON s.rule_set = r.rule_set AND s.channel = r.channel AND s.weekday = r.weekday AND s.minute = r.minute) f
-- [8,"CO-2300",8,"sms",8,"email",8,"whatsapp",8,"call",8,"letter",8,1,420,1140,8,2,420,1140,8,3,420,1140,8,4,420,1140,8,5,420,1140,8,6,480,900]
