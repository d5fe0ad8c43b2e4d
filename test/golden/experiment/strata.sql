SELECT l.customer_id,
      (coalesce(l.bucket, '-') || '/b' || CASE WHEN l.balance IS NULL THEN '-' ELSE CAST(1 + ((3 * (rank() OVER (PARTITION BY l.currency ORDER BY l.balance NULLS LAST) - 1)) // count(l.balance) OVER (PARTITION BY l.currency)) AS VARCHAR) END || '/s' || CASE WHEN l.score IS NULL THEN '-' ELSE CAST(1 + ((5 * (rank() OVER (ORDER BY l.score NULLS LAST) - 1)) // count(l.score) OVER ()) AS VARCHAR) END) AS stratum
    FROM (SELECT * FROM (
      SELECT f.customer_id, f.account_id, f.bucket, f.days_past_due, f.currency, f.balance, f.arrears,
        f.customer_tenure_months, f.country, f.product_type,
        count(*) OVER (PARTITION BY f.customer_id) AS accounts,
        min(f."score:self-cure") OVER (PARTITION BY f.customer_id) AS score,
        row_number() OVER (PARTITION BY f.customer_id ORDER BY f.days_past_due DESC, f.account_id) AS place
      FROM (SELECT s.account_id, a.customer_id, s.days_past_due, CASE WHEN s.days_past_due >= 180 THEN '180+' WHEN s.days_past_due >= 120 THEN '120-179' WHEN s.days_past_due >= 90 THEN '90-119' WHEN s.days_past_due >= 60 THEN '60-89' WHEN s.days_past_due >= 30 THEN '30-59' WHEN s.days_past_due >= 1 THEN '1-29' WHEN s.days_past_due >= 0 THEN '0' END AS bucket,
    s.balance, s.arrears, s.minimum_due, a.credit_limit, a.currency, a.product_type,
    coalesce(s.status, a.status) AS account_status,
    date_diff('month', a.opened_on, CAST(? AS DATE)) AS account_age_months,
    date_diff('month', c.customer_since, CAST(? AS DATE)) AS customer_tenure_months,
    c.customer_type, substr(c.jurisdiction, 1, 2) AS country, c.jurisdiction, c.language,
    coalesce(g."flag:dispute", 0) = 1 AS "flag:dispute", coalesce(g."flag:hardship", 0) = 1 AS "flag:hardship", coalesce(g."flag:vulnerable", 0) = 1 AS "flag:vulnerable", coalesce(g."flag:deceased", 0) = 1 AS "flag:deceased", coalesce(g."flag:insolvent", 0) = 1 AS "flag:insolvent", coalesce(g."flag:cease_contact", 0) = 1 AS "flag:cease_contact", coalesce(g."flag:plan", 0) = 1 AS "flag:plan", m0.score AS "score:self-cure"
    FROM "current_snapshots" s
    JOIN "current_accounts" a ON a.account_id = s.account_id
    LEFT JOIN "current_customers" c ON c.customer_id = a.customer_id
    LEFT JOIN (SELECT customer_id, max(CASE WHEN kind = 'dispute' THEN 1 ELSE 0 END) AS "flag:dispute", max(CASE WHEN kind = 'hardship' THEN 1 ELSE 0 END) AS "flag:hardship", max(CASE WHEN kind = 'vulnerable' THEN 1 ELSE 0 END) AS "flag:vulnerable", max(CASE WHEN kind = 'deceased' THEN 1 ELSE 0 END) AS "flag:deceased", max(CASE WHEN kind = 'insolvent' THEN 1 ELSE 0 END) AS "flag:insolvent", max(CASE WHEN kind = 'cease_contact' THEN 1 ELSE 0 END) AS "flag:cease_contact", max(CASE WHEN kind = 'plan' THEN 1 ELSE 0 END) AS "flag:plan"
    FROM "current_flags"
    WHERE started_on <= CAST(CAST(? AS DATE) AS DATE)
      AND (ended_on IS NULL OR ended_on > CAST(CAST(? AS DATE) AS DATE))
    GROUP BY customer_id) g ON g.customer_id = a.customer_id LEFT JOIN scores m0 ON m0.account_id = s.account_id AND m0.version_id = ? AND m0.as_of = CAST(? AS DATE)
    WHERE s.as_of = CAST(? AS DATE)) f
      JOIN (SELECT account_id, customer_id FROM current_snapshots JOIN current_accounts USING (account_id)
  WHERE as_of = DATE '2026-10-31' AND days_past_due > 0) m ON m.account_id = f.account_id
      JOIN (SELECT DISTINCT customer_id FROM (SELECT account_id, customer_id FROM current_snapshots JOIN current_accounts USING (account_id)
  WHERE as_of = DATE '2026-10-31' AND days_past_due > 0)) e ON e.customer_id = f.customer_id
    ) l WHERE l.place = 1) l
-- ["2026-10-31","2026-10-31","2026-10-31","2026-10-31","v1","2026-10-31","2026-10-31"]
