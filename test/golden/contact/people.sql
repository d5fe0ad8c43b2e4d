
CREATE TEMPORARY TABLE plan_people AS
SELECT a.assignment_id, a.customer_id, a.arm, a.channel, a.send_window,
  coalesce(nullif(c.jurisdiction, ''), ?, '') AS jurisdiction, coalesce(c.time_zone, '') AS time_zone
FROM (SELECT * FROM 
(SELECT assignment_id, customer_id, arm, touch, channel, send_window, due_on FROM (
  SELECT a.assignment_id, a.customer_id, a.arm, x.touch, x.channel, x.send_window, CAST((coalesce(a.entered_on, CAST(a.assigned_at AS DATE)) + x.day * INTERVAL 1 DAY) AS DATE) AS due_on,
    row_number() OVER (PARTITION BY a.assignment_id ORDER BY x.touch) AS place
  FROM assignments a
  JOIN (SELECT * FROM (VALUES (CAST(? AS VARCHAR), CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR))) AS v("arm", "touch", "day", "channel", "send_window")) x ON x.arm = a.arm
  ANTI JOIN exits e ON e.experiment_id = ? AND e.assignment_id = a.assignment_id
  ANTI JOIN skips s ON s.experiment_id = ? AND s.assignment_id = a.assignment_id AND s.touch = x.touch
  ANTI JOIN (SELECT c.assignment_id, c.touch FROM contact_checks c
  LEFT JOIN batches b ON b.batch_id = c.batch_id
  WHERE c.experiment_id = ? AND (c.state = 'sent' OR (c.state = 'reserved' AND b.state IN ('exporting', 'exported')))) l ON l.assignment_id = a.assignment_id AND l.touch = x.touch
  WHERE a.experiment_id = ?
) n WHERE place = 1) d WHERE (d.touch = ?) AND (d.due_on <= CAST(? AS DATE))) a
LEFT JOIN "current_customers" c ON c.customer_id = a.customer_id
-- ["TW","neutral",1,0,"sms","","exp","exp","exp","exp",1,"2026-03-03"]
