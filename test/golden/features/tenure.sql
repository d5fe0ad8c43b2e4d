SELECT p.account_id, p.as_of,
  CASE WHEN a.opened_on <= p.as_of THEN date_diff('month', a.opened_on, p.as_of) END AS months_open,
  CASE WHEN c.customer_since <= p.as_of THEN date_diff('month', c.customer_since, p.as_of) END AS months_customer,
  h.held AS accounts_held, date_diff('month', h.newest, p.as_of) AS months_newest_account,
  a.rate AS annual_rate, a.product_type AS product, a.currency, c.jurisdiction AS country, c.customer_type AS customer_kind,
  CASE WHEN a.secured THEN 'secured' WHEN NOT a.secured THEN 'unsecured' END AS security
FROM people_asked p
LEFT JOIN "current_accounts" a ON a.account_id = p.account_id
LEFT JOIN "current_customers" c ON c.customer_id = p.customer_id
LEFT JOIN (SELECT q.customer_id, q.as_of, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS held, max(o.opened_on) AS newest
  FROM (SELECT DISTINCT customer_id, as_of FROM people_asked) q
  JOIN "current_accounts" o ON o.customer_id = q.customer_id AND o.opened_on <= q.as_of
  GROUP BY q.customer_id, q.as_of) h ON h.customer_id = p.customer_id AND h.as_of = p.as_of
-- []
