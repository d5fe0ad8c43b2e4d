WITH people AS (
      SELECT l.*, a.arm FROM (SELECT * FROM lead) l JOIN (SELECT * FROM assigned) a ON a.customer_id = l.customer_id
    )
    SELECT covariate, arm, CAST(count(v) AS BIGINT) AS n, sum(v) AS total, sum(v * v) AS squares FROM (SELECT ? AS covariate, arm, CAST(p.days_past_due AS DOUBLE) AS v FROM people p UNION ALL SELECT ? AS covariate, arm, CAST(p.customer_tenure_months AS DOUBLE) AS v FROM people p UNION ALL SELECT ? AS covariate, arm, CAST(p.accounts AS DOUBLE) AS v FROM people p UNION ALL SELECT ? AS covariate, arm, CAST(p.score AS DOUBLE) AS v FROM people p UNION ALL SELECT (? || currency) AS covariate, arm, CAST(p.balance AS DOUBLE) AS v FROM people p UNION ALL SELECT (? || currency) AS covariate, arm, CAST(p.arrears AS DOUBLE) AS v FROM people p UNION ALL SELECT (? || c.country) AS covariate, p.arm,
        CASE WHEN p.country = c.country THEN 1.0 ELSE 0.0 END AS v
      FROM people p CROSS JOIN (SELECT DISTINCT country FROM people WHERE country IS NOT NULL) c UNION ALL SELECT (? || c.product_type) AS covariate, p.arm,
        CASE WHEN p.product_type = c.product_type THEN 1.0 ELSE 0.0 END AS v
      FROM people p CROSS JOIN (SELECT DISTINCT product_type FROM people WHERE product_type IS NOT NULL) c) x
    WHERE covariate IS NOT NULL GROUP BY covariate, arm ORDER BY covariate, arm
-- ["days_past_due","customer_tenure_months","accounts","score","balance:","arrears:","country:","product_type:"]
