WITH people AS (SELECT customer_id, arm, stratum, entered_on FROM assigned), held AS (
      SELECT p.customer_id, p.entered_on, a.account_id, a.currency, a.product_type, max(s.as_of) AS as_of
      FROM people p
      JOIN current_accounts a ON a.customer_id = p.customer_id
      LEFT JOIN current_snapshots s ON s.account_id = a.account_id AND s.as_of <= p.entered_on
      GROUP BY p.customer_id, p.entered_on, a.account_id, a.currency, a.product_type
    ), states AS (
      SELECT h.customer_id, h.currency, h.product_type, s.days_past_due, x.score,
        sum(CAST(s.arrears AS DOUBLE)) OVER (PARTITION BY h.customer_id, h.currency) AS arrears,
        min(x.score) OVER (PARTITION BY h.customer_id) AS least_score, row_number() OVER (PARTITION BY h.customer_id ORDER BY s.days_past_due DESC NULLS LAST, h.account_id) AS place
      FROM held h
      LEFT JOIN current_snapshots s ON s.account_id = h.account_id AND s.as_of = h.as_of
      LEFT JOIN (SELECT '' AS account_id, CAST(NULL AS DOUBLE) AS score) x ON x.account_id = h.account_id
    ), leads AS (
      SELECT customer_id, currency, product_type, days_past_due, least_score AS score, ln(1 + CASE WHEN arrears > 0 THEN arrears / nullif(avg(arrears) OVER (PARTITION BY currency), 0) ELSE 0 END) AS relative_arrears
      FROM states WHERE place = 1
    ), payers AS (
      SELECT p.customer_id FROM people p
      JOIN current_accounts a ON a.customer_id = p.customer_id
      JOIN current_payments m ON m.account_id = a.account_id
      WHERE NOT coalesce(m.reversed, false) AND m.paid_at < p.entered_on AND m.paid_at >= (p.entered_on + -60 * INTERVAL 1 DAY)
        AND coalesce(m.known_at, m.paid_at) < p.entered_on
      GROUP BY p.customer_id
    )
    SELECT p.customer_id, p.arm, p.stratum, p.entered_on,
      substr(c.jurisdiction, 1, 2) AS country, l.product_type, CASE WHEN l.days_past_due >= 180 THEN '180+' WHEN l.days_past_due >= 120 THEN '120-179' WHEN l.days_past_due >= 90 THEN '90-119' WHEN l.days_past_due >= 60 THEN '60-89' WHEN l.days_past_due >= 30 THEN '30-59' WHEN l.days_past_due >= 1 THEN '1-29' WHEN l.days_past_due >= 0 THEN '0' END AS bucket, l.currency,
      CAST(l.days_past_due AS DOUBLE) AS days_past_due, CAST(l.relative_arrears AS DOUBLE) AS relative_arrears,
      CASE WHEN y.customer_id IS NULL THEN CAST(0 AS DOUBLE) ELSE CAST(1 AS DOUBLE) END AS paid_before,
      CAST(l.score AS DOUBLE) AS score, c.customer_id IS NOT NULL AND l.customer_id IS NOT NULL AS present
    FROM people p
    LEFT JOIN leads l ON l.customer_id = p.customer_id
    LEFT JOIN current_customers c ON c.customer_id = p.customer_id
    LEFT JOIN payers y ON y.customer_id = p.customer_id
-- []
