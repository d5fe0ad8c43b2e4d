SELECT p.account_id, p.as_of,
  CASE WHEN a.opened_on <= p.as_of THEN date_diff('month', a.opened_on, p.as_of) END AS months_open,
  CASE WHEN c.customer_since <= p.as_of THEN date_diff('month', c.customer_since, p.as_of) END AS months_customer,
  a.rate AS annual_rate, a.product_type AS product, a.currency, c.jurisdiction AS country, c.customer_type AS customer_kind,
  CASE WHEN a.secured THEN 'secured' WHEN NOT a.secured THEN 'unsecured' END AS security
FROM people_asked p
LEFT JOIN "current_accounts" a ON a.account_id = p.account_id
LEFT JOIN "current_customers" c ON c.customer_id = p.customer_id
-- []
