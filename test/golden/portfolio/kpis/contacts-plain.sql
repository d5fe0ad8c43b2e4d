SELECT k.channel, k.style, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS sent,
    CAST(count(*) FILTER (WHERE true AND k.delivered IS NOT NULL) AS BIGINT) AS delivered_of,
    CAST(count(*) FILTER (WHERE true AND k.delivered) AS BIGINT) AS delivered,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.opened IS NOT NULL) AS BIGINT) AS opened_of,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.opened) AS BIGINT) AS opened,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.clicked IS NOT NULL) AS BIGINT) AS clicked_of,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.clicked) AS BIGINT) AS clicked,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.replied IS NOT NULL) AS BIGINT) AS replied_of,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.replied) AS BIGINT) AS replied,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.right_party IS NOT NULL) AS BIGINT) AS right_party_of,
    CAST(count(*) FILTER (WHERE coalesce(k.delivered, true) AND k.right_party) AS BIGINT) AS right_party,
    CAST(count(DISTINCT CASE WHEN k.right_party IS NOT NULL THEN k.customer_id END) AS BIGINT) AS contactability_of,
    CAST(count(DISTINCT CASE WHEN k.right_party THEN k.customer_id END) AS BIGINT) AS contactability
FROM (SELECT k.* FROM current_contacts AS k WHERE (k.sent_at < (CAST('2026-08-31' AS DATE) + 1 * INTERVAL 1 DAY)) AND true) AS k
GROUP BY k.channel, k.style
ORDER BY k.channel, k.style
-- []
