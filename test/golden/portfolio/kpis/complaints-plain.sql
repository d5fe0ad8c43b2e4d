WITH delivered AS (
  SELECT k.contact_id, k.customer_id, k.channel, k.style, k.sent_at
  FROM (SELECT k.* FROM current_contacts AS k WHERE (k.sent_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND true) AS k WHERE coalesce(k.delivered, true)
), complained AS (
  SELECT q.complaint_id AS event_id, q.customer_id, q.channel, q.occurred_at AS happened_at
    FROM current_complaints AS q WHERE (q.occurred_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND true
), withdrawn AS (
  SELECT (w.customer_id || ' ' || w.channel) AS event_id, w.customer_id, w.channel, w.revoked_at AS happened_at
    FROM current_contact_permissions AS w WHERE w.revoked_at IS NOT NULL AND (w.revoked_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY))
      AND true
), events AS (
  SELECT 'complaints' AS measure, c.contact_id FROM (
  SELECT e.event_id, arg_max(k.contact_id, ROW(k.sent_at, k.contact_id)) AS contact_id
  FROM complained AS e JOIN delivered AS k ON k.customer_id = e.customer_id
  WHERE (e.channel IS NULL OR k.channel = e.channel) AND k.sent_at <= e.happened_at
    AND k.sent_at >= (e.happened_at + -30 * INTERVAL 1 DAY)
  GROUP BY e.event_id) AS c
  UNION ALL
  SELECT 'opt_outs', o.contact_id FROM (
  SELECT e.event_id, arg_max(k.contact_id, ROW(k.sent_at, k.contact_id)) AS contact_id
  FROM withdrawn AS e JOIN delivered AS k ON k.customer_id = e.customer_id
  WHERE (e.channel IS NULL OR k.channel = e.channel) AND k.sent_at <= e.happened_at
    AND k.sent_at >= (e.happened_at + -30 * INTERVAL 1 DAY)
  GROUP BY e.event_id) AS o
)
SELECT 'delivered' AS measure, channel, style, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS events FROM delivered GROUP BY 2, 3
UNION ALL
SELECT e.measure, k.channel, k.style, CAST(count(*) FILTER (WHERE true) AS BIGINT) FROM events AS e JOIN delivered AS k ON k.contact_id = e.contact_id GROUP BY 1, 2, 3
UNION ALL
SELECT 'all_complaints', NULL, NULL, CAST(count(*) FILTER (WHERE true) AS BIGINT) FROM complained
UNION ALL
SELECT 'all_opt_outs', NULL, NULL, CAST(count(*) FILTER (WHERE true) AS BIGINT) FROM withdrawn
UNION ALL
SELECT 'permissions', NULL, NULL, CAST(count(*) FILTER (WHERE true) AS BIGINT) FROM current_contact_permissions
ORDER BY 1, 2, 3
-- []
