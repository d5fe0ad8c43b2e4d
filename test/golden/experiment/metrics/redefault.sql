WITH people AS (SELECT customer_id, entered_on FROM entered), latest AS (
      SELECT p.customer_id, p.entered_on, a.account_id, a.charged_off_on, max(s.as_of) AS as_of
      FROM people p
      JOIN current_accounts a ON a.customer_id = p.customer_id
      JOIN current_snapshots s ON s.account_id = a.account_id AND s.as_of <= p.entered_on
      GROUP BY p.customer_id, p.entered_on, a.account_id, a.charged_off_on
    ), late AS (
      SELECT p.customer_id, p.entered_on, p.account_id, p.charged_off_on, s.arrears
      FROM latest p JOIN current_snapshots s ON s.account_id = p.account_id AND s.as_of = p.as_of
      WHERE s.days_past_due > 0 AND NOT coalesce(s.status, '') IN ('charged_off', 'sold', 'written_off') AND (p.charged_off_on IS NULL OR p.charged_off_on > p.entered_on)
    ), seen AS (
      SELECT p.account_id, p.entered_on,
        min(CASE WHEN s.days_past_due = 0 AND NOT coalesce(s.status, '') IN ('charged_off', 'sold', 'written_off') AND s.as_of < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) THEN s.as_of END) AS seen_30,
        min(CASE WHEN coalesce(s.status, '') IN ('charged_off', 'sold', 'written_off') THEN s.as_of END) AS gone_on
      FROM late p JOIN current_snapshots s ON s.account_id = p.account_id
      WHERE s.as_of > p.entered_on AND s.as_of < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE))
      GROUP BY p.account_id, p.entered_on
    ), days AS (
      SELECT p.account_id, p.entered_on, p.arrears, CAST(m.paid_at AS DATE) AS paid_on, sum(m.amount) AS amount
      FROM late p JOIN current_payments m ON m.account_id = p.account_id
      WHERE p.arrears > 0 AND NOT coalesce(m.reversed, false) AND m.paid_at >= p.entered_on AND m.paid_at < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) AND coalesce(m.known_at, m.paid_at) < (CAST(? AS DATE) + 1 * INTERVAL 1 DAY)
      GROUP BY p.account_id, p.entered_on, p.arrears, CAST(m.paid_at AS DATE)
    ), running AS (
      SELECT account_id, entered_on, arrears, paid_on,
        sum(amount) OVER (PARTITION BY account_id, entered_on ORDER BY paid_on) AS total
      FROM days
    ), owing AS (
      SELECT p.account_id, p.entered_on, p.paid_on, p.total, p.arrears + coalesce(sum(i.amount), 0) AS owed
      FROM running p
      LEFT JOIN current_instalments i ON i.account_id = p.account_id AND i.due_on >= p.entered_on AND i.due_on < p.paid_on
      GROUP BY p.account_id, p.entered_on, p.paid_on, p.total, p.arrears
    ), reached AS (
      SELECT p.account_id, p.entered_on, p.paid_on, min(s.as_of) AS denied_on FROM owing p
      LEFT JOIN current_snapshots s ON s.account_id = p.account_id AND s.as_of >= p.paid_on AND s.as_of < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE))
        AND CAST((s.as_of + -s.days_past_due * INTERVAL 1 DAY) AS DATE) < p.paid_on
      WHERE p.total >= p.owed
      GROUP BY p.account_id, p.entered_on, p.paid_on
    ), paid AS (
      SELECT p.account_id, p.entered_on, min(CASE WHEN p.paid_on < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) AND (p.denied_on IS NULL OR p.denied_on >= least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE))) THEN p.paid_on END) AS paid_30 FROM reached p GROUP BY p.account_id, p.entered_on
    ), clearing AS (
      SELECT p.customer_id, p.entered_on, p.account_id, CASE WHEN s.gone_on < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) OR p.charged_off_on < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE)) THEN NULL
          WHEN s.seen_30 IS NULL THEN m.paid_30 WHEN m.paid_30 IS NULL THEN s.seen_30
          ELSE least(s.seen_30, m.paid_30) END AS cleared_30
      FROM late p
      LEFT JOIN seen s ON s.account_id = p.account_id AND s.entered_on = p.entered_on
      LEFT JOIN paid m ON m.account_id = p.account_id AND m.entered_on = p.entered_on
    ), cleared AS (SELECT customer_id, entered_on, account_id, cleared_30 AS cleared_on FROM clearing c), cured AS (
      SELECT customer_id, entered_on, max(cleared_on) AS cleared_on FROM cleared
      GROUP BY customer_id, entered_on HAVING count(cleared_on) = count(*)
    )
    SELECT p.customer_id, CAST(1 AS DOUBLE) AS y
    FROM cured p
    JOIN cleared c ON c.customer_id = p.customer_id
    JOIN current_snapshots s ON s.account_id = c.account_id
    WHERE s.as_of > p.cleared_on AND s.as_of <= (p.cleared_on + 90 * INTERVAL 1 DAY) AND s.as_of < least(CAST((p.entered_on + 31 * INTERVAL 1 DAY) AS DATE), CAST((CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AS DATE))
      AND (s.days_past_due >= 30 OR coalesce(s.status, '') = 'charged_off')
    GROUP BY p.customer_id
-- ["2026-12-31","2026-12-31","2026-12-31","2026-12-31","2026-12-31","2026-12-31","2026-12-31","2026-12-31","2026-12-31","2026-12-31"]
