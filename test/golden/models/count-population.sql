WITH candidates AS (SELECT s.account_id, a.customer_id, s.as_of, s.days_past_due,
  CASE WHEN s.status = 'closed' THEN 'closed' END AS excluded, 1 AS new_entries
FROM current_snapshots s JOIN current_accounts a ON a.account_id = s.account_id
WHERE s.as_of IN (CAST(? AS DATE)) AND s.days_past_due >= ?),
at_risk AS (SELECT account_id, customer_id, as_of FROM candidates WHERE excluded IS NULL),
outcomes AS (SELECT q.account_id, q.as_of, 'seen' AS outcome, CASE WHEN s.days_past_due = 0 THEN 1 ELSE 0 END AS target
FROM at_risk q JOIN (SELECT CAST(? AS DATE) AS as_of, CAST(? AS DATE) AS next_on) d ON d.as_of = q.as_of
JOIN current_snapshots s ON s.account_id = q.account_id AND s.as_of = d.next_on),
counted AS (SELECT c.as_of, c.excluded, o.outcome, o.target AS target, o.target AS happened,
  false AS outside
  FROM candidates c LEFT JOIN outcomes o ON o.account_id = c.account_id AND o.as_of = c.as_of)
SELECT as_of, excluded, outside, outcome, target, CAST(count(*) FILTER (WHERE true) AS BIGINT) AS n, sum(CAST(happened AS DOUBLE)) AS events
FROM counted
GROUP BY as_of, excluded, outside, outcome, target
ORDER BY as_of, excluded, outside, outcome, target
-- ["2005-07-31",1,"2005-07-31","2005-08-31"]
