WITH tried AS (SELECT p.customer_id, p.as_of, c.contact_id, c.channel, c.style, c.sent_at, c.delivered, c.opened, c.replied, c.right_party,
  coalesce(c.replied, false) OR coalesce(c.clicked, false) OR coalesce(c.right_party, false) AS answered,
  date_diff('day', c.sent_at, p.as_of) AS days
FROM (SELECT DISTINCT customer_id, as_of FROM people_asked) p JOIN "current_contacts" c ON c.customer_id = p.customer_id
  AND c.sent_at < (p.as_of + 1 * INTERVAL 1 DAY) AND coalesce(c.known_at, c.sent_at) < (p.as_of + 1 * INTERVAL 1 DAY) AND c.sent_at >= (p.as_of + -90 * INTERVAL 1 DAY))
SELECT p.account_id, p.as_of,
  coalesce(contacts_7d, 0) AS contacts_7d, coalesce(contacts_30d, 0) AS contacts_30d, coalesce(contacts_90d, 0) AS contacts_90d, coalesce(calls_90d, 0) AS calls_90d, coalesce(messages_90d, 0) AS messages_90d, coalesce(sms_90d, 0) AS sms_90d, coalesce(emails_90d, 0) AS emails_90d, coalesce(whatsapps_90d, 0) AS whatsapps_90d, coalesce(letters_90d, 0) AS letters_90d,
  CASE WHEN contacts_90d > 0 THEN CAST(delivered AS DOUBLE) / CAST(contacts_90d AS DOUBLE) END AS delivered_share_90d, CASE WHEN contacts_90d > 0 THEN CAST(opened AS DOUBLE) / CAST(contacts_90d AS DOUBLE) END AS opened_share_90d,
  CASE WHEN contacts_90d > 0 THEN CAST(answered AS DOUBLE) / CAST(contacts_90d AS DOUBLE) END AS answered_share_90d, CASE WHEN calls_90d > 0 THEN CAST(calls_answered AS DOUBLE) / CAST(calls_90d AS DOUBLE) END AS calls_answered_share_90d,
  CASE WHEN messages_90d > 0 THEN CAST(messages_answered AS DOUBLE) / CAST(messages_90d AS DOUBLE) END AS messages_answered_share_90d,
  coalesce(replies_90d, 0) AS replies_90d, coalesce(right_party_90d, 0) AS right_party_90d, days_since_contact, days_since_right_party, coalesce(y.kinds, 0) AS styles_90d,
  last_channel, last_style, best_channel, best_style, best_channel_share, best_style_share
FROM people_asked p LEFT JOIN (SELECT customer_id, as_of,
  CAST(count(*) FILTER (WHERE days < 7) AS BIGINT) AS contacts_7d,
  CAST(count(*) FILTER (WHERE days < 30) AS BIGINT) AS contacts_30d,
  CAST(count(*) FILTER (WHERE true) AS BIGINT) AS contacts_90d,
  CAST(count(*) FILTER (WHERE channel = 'call') AS BIGINT) AS calls_90d,
  CAST(count(*) FILTER (WHERE channel <> 'call') AS BIGINT) AS messages_90d,
  CAST(count(*) FILTER (WHERE channel = 'sms') AS BIGINT) AS sms_90d,
  CAST(count(*) FILTER (WHERE channel = 'email') AS BIGINT) AS emails_90d,
  CAST(count(*) FILTER (WHERE channel = 'whatsapp') AS BIGINT) AS whatsapps_90d,
  CAST(count(*) FILTER (WHERE channel = 'letter') AS BIGINT) AS letters_90d,
  CAST(count(*) FILTER (WHERE channel = 'call' AND answered) AS BIGINT) AS calls_answered,
  CAST(count(*) FILTER (WHERE channel <> 'call' AND answered) AS BIGINT) AS messages_answered,
  CAST(count(*) FILTER (WHERE delivered) AS BIGINT) AS delivered,
  CAST(count(*) FILTER (WHERE opened) AS BIGINT) AS opened,
  CAST(count(*) FILTER (WHERE answered) AS BIGINT) AS answered,
  CAST(count(*) FILTER (WHERE replied) AS BIGINT) AS replies_90d,
  CAST(count(*) FILTER (WHERE right_party) AS BIGINT) AS right_party_90d,
  min(days) AS days_since_contact, min(days) FILTER (WHERE right_party) AS days_since_right_party,
  arg_max(channel, ROW(sent_at, contact_id)) AS last_channel,
  arg_max(style, ROW(sent_at, contact_id)) AS last_style
FROM tried GROUP BY customer_id, as_of) s ON s.customer_id = p.customer_id AND s.as_of = p.as_of
LEFT JOIN (SELECT customer_id, as_of, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS kinds, max(part) AS best_channel_share,
  arg_max(channel, ROW(part, channel)) FILTER (WHERE part > 0) AS best_channel
FROM (SELECT customer_id, as_of, channel, CASE WHEN count(*) > 0 THEN CAST(CAST(count(*) FILTER (WHERE answered) AS BIGINT) AS DOUBLE) / CAST(count(*) AS DOUBLE) END AS part
  FROM tried WHERE channel IS NOT NULL GROUP BY customer_id, as_of, channel) g
GROUP BY customer_id, as_of) h ON h.customer_id = p.customer_id AND h.as_of = p.as_of
LEFT JOIN (SELECT customer_id, as_of, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS kinds, max(part) AS best_style_share,
  arg_max(style, ROW(part, style)) FILTER (WHERE part > 0) AS best_style
FROM (SELECT customer_id, as_of, style, CASE WHEN count(*) > 0 THEN CAST(CAST(count(*) FILTER (WHERE answered) AS BIGINT) AS DOUBLE) / CAST(count(*) AS DOUBLE) END AS part
  FROM tried WHERE style IS NOT NULL GROUP BY customer_id, as_of, style) g
GROUP BY customer_id, as_of) y ON y.customer_id = p.customer_id AND y.as_of = p.as_of
-- []
