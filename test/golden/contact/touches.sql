
CREATE TEMPORARY TABLE plan_touches AS
WITH people AS (SELECT DISTINCT customer_id FROM plan_people),
ledger AS (
  SELECT t.contact_id, t.customer_id, t.channel, t.sent_at, t.experiment_id, t.delivered, t.right_party FROM "current_contacts" t
  JOIN people p ON p.customer_id = t.customer_id WHERE t.sent_at >= CAST(? AS TIMESTAMP) AND t.sent_at < CAST(? AS TIMESTAMP)
),
checks AS (
  SELECT c.* FROM contact_checks c JOIN people p ON p.customer_id = c.customer_id
  WHERE c.planned_at >= CAST(? AS TIMESTAMP) AND c.planned_at < CAST(? AS TIMESTAMP) AND c.state IN ('reserved', 'sent')
),
named AS (SELECT l.contact_id, r.assignment_id, r.touch FROM ledger l JOIN export_rows r ON r.message_key = l.contact_id AND r.customer_id = l.customer_id),
shown AS (
  SELECT assignment_id, touch FROM named
  UNION SELECT assignment_id, touch FROM (
    SELECT s.assignment_id, s.touch,
      row_number() OVER (PARTITION BY l.contact_id ORDER BY abs((epoch_ms(l.sent_at) - epoch_ms(s.planned_at))), s.planned_at, s.touch) AS place
    FROM (SELECT * FROM ledger l ANTI JOIN named n ON n.contact_id = l.contact_id) l
    JOIN (SELECT * FROM checks c ANTI JOIN named n ON n.assignment_id = c.assignment_id AND n.touch = c.touch WHERE c.state = 'sent') s
      ON s.experiment_id = l.experiment_id AND s.customer_id = l.customer_id AND l.sent_at >= (s.planned_at + -1 * INTERVAL 1 DAY)
  ) x WHERE place = 1
)
SELECT customer_id, channel, sent_at AS happened_at, coalesce(delivered, true) AS reached,
  channel = 'call' AND coalesce(right_party, delivered, true) AS conversation
FROM ledger
UNION ALL
SELECT c.customer_id, c.channel, c.planned_at, true, c.channel = 'call' FROM checks c
LEFT JOIN shown s ON s.assignment_id = c.assignment_id AND s.touch = c.touch
WHERE NOT (c.experiment_id = ? AND c.touch = ?)
  AND ((c.state = 'reserved' AND c.reserved_until > CAST(? AS TIMESTAMP)) OR (c.state = 'sent' AND s.assignment_id IS NULL))
-- ["2026-01-01T00:00:00.000","2026-04-01T00:00:00.000","2026-01-01T00:00:00.000","2026-04-01T00:00:00.000","exp",1,"2026-03-02T00:00:00"]
