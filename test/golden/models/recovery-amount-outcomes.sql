SELECT account_id, as_of, CASE WHEN paid IS NULL THEN 'nothing' ELSE 'recovered' END AS outcome,
  CASE WHEN paid IS NULL THEN NULL ELSE net_share END AS target
FROM (WITH windows AS (SELECT q.account_id, q.as_of, d.horizon_end, a.rate, a.currency, CAST(s.balance AS DOUBLE) AS balance
  FROM at_risk q JOIN (SELECT * FROM (VALUES (CAST(? AS DATE), CAST(? AS DATE)), (CAST(? AS DATE), CAST(? AS DATE))) AS v("as_of", "horizon_end")) d ON d.as_of = q.as_of JOIN "current_accounts" a ON a.account_id = q.account_id
  JOIN "current_snapshots" s ON s.account_id = q.account_id AND s.as_of = q.as_of),
came AS (SELECT r.account_id, r.as_of, sum(p.amount) AS paid, sum(CAST(p.amount AS DOUBLE) * exp(-ln(1 + greatest(coalesce(r.rate, 0), 0)) * CAST(date_diff('day', r.as_of, CAST(p.paid_at AS DATE)) AS DOUBLE) / 365)) AS worth
  FROM windows r JOIN "current_payments" p ON p.account_id = r.account_id AND p.amount > 0 AND NOT coalesce(p.reversed, false) AND p.paid_at >= (r.as_of + 1 * INTERVAL 1 DAY) AND p.paid_at < (r.horizon_end + 1 * INTERVAL 1 DAY)
  GROUP BY r.account_id, r.as_of), spent AS (SELECT r.account_id, r.as_of, sum(CAST(k.amount AS DOUBLE) * exp(-ln(1 + greatest(coalesce(r.rate, 0), 0)) * CAST(date_diff('day', r.as_of, CAST(k.occurred_at AS DATE)) AS DOUBLE) / 365)) AS worth
FROM windows r JOIN "current_costs" k ON k.account_id = r.account_id AND k.currency = r.currency AND k.occurred_at >= (r.as_of + 1 * INTERVAL 1 DAY) AND k.occurred_at < (r.horizon_end + 1 * INTERVAL 1 DAY)
GROUP BY r.account_id, r.as_of)
SELECT r.account_id, r.as_of, c.paid,
  greatest(0e0, least(1e0, (coalesce(c.worth, 0) - coalesce(k.worth, 0)) / r.balance)) AS net_share
FROM windows r LEFT JOIN came c ON c.account_id = r.account_id AND c.as_of = r.as_of LEFT JOIN spent k ON k.account_id = r.account_id AND k.as_of = r.as_of) u
-- ["2025-01-31","2026-01-31","2025-02-28","2026-02-28"]
