(SELECT customer_id, channel, basis, granted_at, revoked_at FROM "current_contact_permissions" UNION ALL SELECT p.customer_id, p.channel, ?, CAST(? AS TIMESTAMP), NULL
FROM plan_people p WHERE p.channel = ? AND p.channel NOT IN (SELECT channel FROM "current_contact_permissions" WHERE channel IS NOT NULL))
-- ["contract","1970-01-01T00:00:00","sms"]
