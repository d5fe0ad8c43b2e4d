SELECT CAST(count(*) FILTER (WHERE true) AS BIGINT) AS n, coalesce(sum(CAST(o.y AS DOUBLE)), 0) AS sum,
      coalesce(sum(CAST(o.y AS DOUBLE) * CAST(o.y AS DOUBLE)), 0) AS squares, CAST(count(*) FILTER (WHERE o.score IS NOT NULL) AS BIGINT) AS scored,
      coalesce(sum(CAST(o.y AS DOUBLE)) FILTER (WHERE o.score IS NOT NULL), 0) AS scored_sum, coalesce(sum(CAST(o.y AS DOUBLE) * CAST(o.y AS DOUBLE)) FILTER (WHERE o.score IS NOT NULL), 0) AS scored_squares,
      coalesce(sum(o.score), 0) AS score_sum, coalesce(sum(o.score * o.score), 0) AS score_squares,
      coalesce(sum(o.score * CAST(o.y AS DOUBLE)), 0) AS score_outcome
    FROM (SELECT p.customer_id, p.score, p.cleared AS y FROM (WITH people AS (
      SELECT f.customer_id, min(f."score:self-cure") AS score
      FROM (SELECT * FROM facts) f
      WHERE (coalesce((f."days_past_due" >= ?) AND (f."days_past_due" < ?), false)) AND NOT f."flag:dispute" AND NOT f."flag:hardship" AND NOT f."flag:vulnerable" AND NOT f."flag:deceased" AND NOT f."flag:insolvent" AND NOT f."flag:cease_contact" AND NOT f."flag:plan"
      GROUP BY f.customer_id
    ), held AS (
      SELECT p.customer_id, a.account_id, s.days_past_due
      FROM people p
      JOIN "current_accounts" a ON a.customer_id = p.customer_id
      JOIN "current_snapshots" s ON s.account_id = a.account_id AND s.as_of = CAST(? AS DATE)
    ), late AS (
      SELECT customer_id, count(*) AS accounts FROM held GROUP BY customer_id HAVING max(days_past_due) > 0
    ), days AS (
      SELECT h.customer_id, s.as_of,
        sum(CASE WHEN s.days_past_due = 0 AND coalesce(s.status, '') NOT IN ('charged_off', 'sold', 'written_off') THEN 1 ELSE 0 END) AS clear
      FROM held h
      JOIN "current_snapshots" s ON s.account_id = h.account_id
      WHERE s.as_of > CAST(? AS DATE) AND s.as_of <= CAST(? AS DATE)
      GROUP BY h.customer_id, s.as_of
    ), outcomes AS (
      SELECT l.customer_id, l.accounts, max(CASE WHEN d.clear = l.accounts THEN 1 ELSE 0 END) AS cleared
      FROM late l JOIN days d ON d.customer_id = l.customer_id
      GROUP BY l.customer_id, l.accounts
    )
    SELECT o.customer_id, p.score, o.accounts, o.cleared
    FROM outcomes o JOIN people p ON p.customer_id = o.customer_id) p) o
-- [1,60,"2026-09-30","2026-09-30","2026-10-31"]
