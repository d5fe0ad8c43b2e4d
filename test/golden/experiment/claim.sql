SELECT b.country, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS n, CAST(count(*) FILTER (WHERE b.worst = 0) AS BIGINT) AS events
    FROM (
      SELECT a.customer_id, coalesce(substr(c.jurisdiction, 1, 2), ?) AS country, max(s.days_past_due) AS worst
      FROM "current_snapshots" s
      JOIN "current_accounts" a ON a.account_id = s.account_id
      LEFT JOIN "current_customers" c ON c.customer_id = a.customer_id
      WHERE s.as_of = CAST(? AS DATE)
      GROUP BY 1, 2
    ) b
    WHERE coalesce(b.country, '') IN (
      SELECT coalesce(coalesce(substr(o.jurisdiction, 1, 2), ?), '') FROM (SELECT 'c1' AS customer_id) p
      LEFT JOIN "current_customers" o ON o.customer_id = p.customer_id
    )
    GROUP BY b.country ORDER BY b.country
-- ["MX","2026-10-31","MX"]
