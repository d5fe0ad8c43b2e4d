SELECT "country", CAST(count(*) FILTER (WHERE true) AS BIGINT) AS n, CAST(count(*) FILTER (WHERE g.counted) AS BIGINT) AS events
    FROM (SELECT a.customer_id, coalesce(substr(c.jurisdiction, 1, 2), ?) AS "country", max(w.days_past_due) = 0 AS counted
      FROM "current_snapshots" s
      JOIN "current_accounts" a ON a.account_id = s.account_id
      JOIN (SELECT o.customer_id, max(t.days_past_due) AS days_past_due FROM "current_snapshots" t
        JOIN "current_accounts" o ON o.account_id = t.account_id
        WHERE t.as_of = CAST(? AS DATE) GROUP BY o.customer_id) w ON w.customer_id = a.customer_id
      LEFT JOIN "current_customers" c ON c.customer_id = a.customer_id
      WHERE s.as_of = CAST(? AS DATE)
      GROUP BY 1, 2) g WHERE (EXISTS (SELECT 1 FROM (SELECT DISTINCT coalesce(substr(c.jurisdiction, 1, 2), ?) AS "country" FROM (SELECT 'c1' AS customer_id) p 
      LEFT JOIN "current_customers" c ON c.customer_id = p.customer_id) h WHERE (coalesce(h."country", '') = coalesce(g."country", ''))))
    GROUP BY "country" ORDER BY "country"
-- ["MX","2026-10-31","2026-10-31","MX"]
