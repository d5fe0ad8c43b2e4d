SELECT p.account_id, p.as_of, coalesce(channels_permitted, 0) AS channels_permitted, coalesce(channels_valid, 0) AS channels_valid, coalesce(channels_reachable, 0) AS channels_reachable, coalesce(channels_withdrawn, 0) AS channels_withdrawn, days_since_withdrawn, days_since_verified,
  coalesce(reachable_sms, 0) AS reachable_sms, coalesce(reachable_email, 0) AS reachable_email, coalesce(reachable_whatsapp, 0) AS reachable_whatsapp, coalesce(reachable_call, 0) AS reachable_call, coalesce(reachable_letter, 0) AS reachable_letter
FROM people_asked p LEFT JOIN (SELECT customer_id, as_of,
  CAST(count(*) FILTER (WHERE given = 1 AND withdrawn = 0) AS BIGINT) AS channels_permitted,
  CAST(count(*) FILTER (WHERE verified = 1) AS BIGINT) AS channels_valid,
  CAST(count(*) FILTER (WHERE given = 1 AND withdrawn = 0 AND verified = 1) AS BIGINT) AS channels_reachable,
  CAST(count(*) FILTER (WHERE withdrawn = 1) AS BIGINT) AS channels_withdrawn,
  CAST(count(*) FILTER (WHERE channel = 'sms' AND given = 1 AND withdrawn = 0 AND verified = 1) AS BIGINT) AS reachable_sms,
  CAST(count(*) FILTER (WHERE channel = 'email' AND given = 1 AND withdrawn = 0 AND verified = 1) AS BIGINT) AS reachable_email,
  CAST(count(*) FILTER (WHERE channel = 'whatsapp' AND given = 1 AND withdrawn = 0 AND verified = 1) AS BIGINT) AS reachable_whatsapp,
  CAST(count(*) FILTER (WHERE channel = 'call' AND given = 1 AND withdrawn = 0 AND verified = 1) AS BIGINT) AS reachable_call,
  CAST(count(*) FILTER (WHERE channel = 'letter' AND given = 1 AND withdrawn = 0 AND verified = 1) AS BIGINT) AS reachable_letter,
  min(since_withdrawn) AS days_since_withdrawn, min(since_verified) AS days_since_verified
FROM (SELECT customer_id, as_of, channel, max(given) AS given, max(verified) AS verified,
  max(CASE WHEN withdrawn THEN 1 ELSE 0 END) AS withdrawn, min(since_withdrawn) AS since_withdrawn, min(since_verified) AS since_verified
FROM (SELECT p.customer_id, p.as_of, r.channel, 1 AS given, 0 AS verified, r.revoked_at < (p.as_of + 1 * INTERVAL 1 DAY) AS withdrawn,
  CASE WHEN r.revoked_at < (p.as_of + 1 * INTERVAL 1 DAY) THEN date_diff('day', r.revoked_at, p.as_of) END AS since_withdrawn,
  CAST(NULL AS BIGINT) AS since_verified
FROM (SELECT DISTINCT customer_id, as_of FROM people_asked) p JOIN "current_contact_permissions" r ON r.customer_id = p.customer_id AND r.granted_at < (p.as_of + 1 * INTERVAL 1 DAY) UNION ALL SELECT p.customer_id, p.as_of, a.channel, 0 AS given, CASE WHEN a.valid THEN 1 ELSE 0 END AS verified, false AS withdrawn,
  CAST(NULL AS BIGINT) AS since_withdrawn, date_diff('day', a.verified_at, p.as_of) AS since_verified
FROM (SELECT DISTINCT customer_id, as_of FROM people_asked) p JOIN "current_contact_points" a ON a.customer_id = p.customer_id AND a.verified_at < (p.as_of + 1 * INTERVAL 1 DAY)) b GROUP BY customer_id, as_of, channel) c GROUP BY customer_id, as_of) s ON s.customer_id = p.customer_id AND s.as_of = p.as_of
-- []
