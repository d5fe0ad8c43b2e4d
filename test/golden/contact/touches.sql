
CREATE TEMPORARY TABLE plan_touches AS
WITH people AS (SELECT DISTINCT customer_id FROM plan_people),
ledger AS (
  SELECT t.customer_id, t.channel, t.sent_at, t.experiment_id, t.delivered, t.right_party FROM "current_contacts" t
  JOIN people p ON p.customer_id = t.customer_id WHERE t.sent_at >= CAST(? AS TIMESTAMP) AND t.sent_at < CAST(? AS TIMESTAMP)
),
seen AS (SELECT experiment_id, customer_id, max(sent_at) AS sent_at FROM ledger WHERE experiment_id IS NOT NULL GROUP BY experiment_id, customer_id)
SELECT customer_id, channel, sent_at AS happened_at, coalesce(delivered, true) AS reached,
  channel = 'call' AND coalesce(right_party, delivered, true) AS conversation
FROM ledger
UNION ALL
SELECT c.customer_id, c.channel, c.planned_at, true, c.channel = 'call' FROM contact_checks c
JOIN people p ON p.customer_id = c.customer_id
LEFT JOIN seen s ON s.experiment_id = c.experiment_id AND s.customer_id = c.customer_id
WHERE c.planned_at >= CAST(? AS TIMESTAMP) AND c.planned_at < CAST(? AS TIMESTAMP)
  AND NOT (c.experiment_id = ? AND c.touch = ?)
  AND ((c.state = 'reserved' AND c.reserved_until > CAST(? AS TIMESTAMP))
    OR (c.state = 'sent' AND (s.sent_at IS NULL OR s.sent_at < (c.planned_at + -1 * INTERVAL 1 DAY))))
-- ["2026-01-01T00:00:00.000","2026-04-01T00:00:00.000","2026-01-01T00:00:00.000","2026-04-01T00:00:00.000","exp",1,"2026-03-02T00:00:00"]
