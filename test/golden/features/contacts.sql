SELECT p.account_id, p.as_of,
  coalesce(contacts_30d, 0) AS contacts_30d, coalesce(contacts_90d, 0) AS contacts_90d, coalesce(calls_90d, 0) AS calls_90d, coalesce(messages_90d, 0) AS messages_90d,
  CASE WHEN contacts_90d > 0 THEN CAST(delivered AS DOUBLE) / CAST(contacts_90d AS DOUBLE) END AS delivered_share_90d, CASE WHEN contacts_90d > 0 THEN CAST(opened AS DOUBLE) / CAST(contacts_90d AS DOUBLE) END AS opened_share_90d,
  coalesce(replies_90d, 0) AS replies_90d, coalesce(right_party_90d, 0) AS right_party_90d, days_since_contact, days_since_right_party, last_channel, last_style
FROM people_asked p LEFT JOIN (SELECT customer_id, as_of,
  CAST(count(*) FILTER (WHERE days < 30) AS BIGINT) AS contacts_30d,
  CAST(count(*) FILTER (WHERE true) AS BIGINT) AS contacts_90d,
  CAST(count(*) FILTER (WHERE channel = 'call') AS BIGINT) AS calls_90d,
  CAST(count(*) FILTER (WHERE channel <> 'call') AS BIGINT) AS messages_90d,
  CAST(count(*) FILTER (WHERE delivered) AS BIGINT) AS delivered,
  CAST(count(*) FILTER (WHERE opened) AS BIGINT) AS opened,
  CAST(count(*) FILTER (WHERE replied) AS BIGINT) AS replies_90d,
  CAST(count(*) FILTER (WHERE right_party) AS BIGINT) AS right_party_90d,
  min(days) AS days_since_contact, min(days) FILTER (WHERE right_party) AS days_since_right_party,
  arg_max(channel, ROW(sent_at, contact_id)) AS last_channel,
  arg_max(style, ROW(sent_at, contact_id)) AS last_style
FROM (SELECT p.customer_id, p.as_of, c.contact_id, c.channel, c.style, c.sent_at, c.delivered, c.opened, c.replied, c.right_party,
  date_diff('day', c.sent_at, p.as_of) AS days
FROM (SELECT DISTINCT customer_id, as_of FROM people_asked) p JOIN "current_contacts" c ON c.customer_id = p.customer_id
  AND c.sent_at < (p.as_of + 1 * INTERVAL 1 DAY) AND coalesce(c.known_at, c.sent_at) < (p.as_of + 1 * INTERVAL 1 DAY) AND c.sent_at >= (p.as_of + -90 * INTERVAL 1 DAY)) e
GROUP BY customer_id, as_of) s ON s.customer_id = p.customer_id AND s.as_of = p.as_of
-- []
