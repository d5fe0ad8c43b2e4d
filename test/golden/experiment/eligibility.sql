SELECT p.customer_id, CASE WHEN p.customer_id NOT IN (
        SELECT a.customer_id FROM "current_snapshots" s JOIN "current_accounts" a ON a.account_id = s.account_id
        WHERE s.as_of = CAST(? AS DATE) AND s.days_past_due > 0) THEN 'nothing_due' WHEN coalesce(g."flag:deceased", 0) = 1 THEN 'flag:deceased' WHEN coalesce(g."flag:cease_contact", 0) = 1 THEN 'flag:cease_contact' WHEN coalesce(g."flag:insolvent", 0) = 1 THEN 'flag:insolvent' WHEN coalesce(g."flag:vulnerable", 0) = 1 THEN 'flag:vulnerable' WHEN coalesce(g."flag:hardship", 0) = 1 THEN 'flag:hardship' WHEN coalesce(g."flag:dispute", 0) = 1 THEN 'flag:dispute' WHEN coalesce(g."flag:plan", 0) = 1 THEN 'flag:plan' WHEN p.customer_id NOT IN (
        SELECT m.customer_id FROM (SELECT account_id, customer_id FROM current_snapshots JOIN current_accounts USING (account_id)
  WHERE as_of = DATE '2026-10-31' AND days_past_due > 0) m
        LEFT JOIN "current_account_parties" t ON t.account_id = m.account_id AND t.customer_id = m.customer_id
        WHERE coalesce(t.contactable, coalesce(t.role, 'holder') = 'holder')) THEN 'not_addressable' WHEN p.customer_id NOT IN (SELECT customer_id FROM "current_contact_permissions"
    WHERE channel = ? AND granted_at < (CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AND (revoked_at IS NULL OR revoked_at >= (CAST(? AS DATE) + 1 * INTERVAL 1 DAY))) THEN 'no_permission:email' WHEN p.customer_id NOT IN (SELECT customer_id FROM "current_contact_points" WHERE channel = ? AND valid) AND EXISTS (SELECT 1 FROM "current_contact_points" WHERE channel = ?) THEN 'no_address:email' WHEN p.customer_id NOT IN (SELECT customer_id FROM "current_contact_permissions"
    WHERE channel = ? AND granted_at < (CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AND (revoked_at IS NULL OR revoked_at >= (CAST(? AS DATE) + 1 * INTERVAL 1 DAY))) AND EXISTS (SELECT 1 FROM "current_contact_permissions" WHERE channel = ?) THEN 'no_permission:sms' WHEN p.customer_id NOT IN (SELECT customer_id FROM "current_contact_points" WHERE channel = ? AND valid) AND EXISTS (SELECT 1 FROM "current_contact_points" WHERE channel = ?) THEN 'no_address:sms' WHEN p.customer_id IN (SELECT h.customer_id FROM holdout_people h JOIN contact_holdouts c ON c.holdout_id = h.holdout_id
    WHERE h.held AND h.released_on IS NULL AND c.state = 'running') THEN 'held_out' WHEN p.customer_id IN (
        SELECT a.customer_id FROM "current_promises" o JOIN "current_accounts" a ON a.account_id = o.account_id
        WHERE o.made_at < (CAST(? AS DATE) + 1 * INTERVAL 1 DAY) AND o.due_on >= CAST(? AS DATE) AND o.kept IS NULL) THEN 'promise_running' WHEN p.customer_id IN (SELECT customer_id FROM assignments WHERE ((experiment_id = ?) AND (coalesce(entered_on, CAST(assigned_at AS DATE)) >= CAST(? AS DATE)))) THEN 'in_experiment' END AS reason
    FROM (SELECT DISTINCT customer_id FROM (SELECT account_id, customer_id FROM current_snapshots JOIN current_accounts USING (account_id)
  WHERE as_of = DATE '2026-10-31' AND days_past_due > 0) m) p
    LEFT JOIN (SELECT customer_id, max(CASE WHEN kind = 'dispute' THEN 1 ELSE 0 END) AS "flag:dispute", max(CASE WHEN kind = 'hardship' THEN 1 ELSE 0 END) AS "flag:hardship", max(CASE WHEN kind = 'vulnerable' THEN 1 ELSE 0 END) AS "flag:vulnerable", max(CASE WHEN kind = 'deceased' THEN 1 ELSE 0 END) AS "flag:deceased", max(CASE WHEN kind = 'insolvent' THEN 1 ELSE 0 END) AS "flag:insolvent", max(CASE WHEN kind = 'cease_contact' THEN 1 ELSE 0 END) AS "flag:cease_contact", max(CASE WHEN kind = 'plan' THEN 1 ELSE 0 END) AS "flag:plan"
    FROM "current_flags"
    WHERE started_on <= CAST(CAST(? AS DATE) AS DATE)
      AND (ended_on IS NULL OR ended_on > CAST(CAST(? AS DATE) AS DATE))
    GROUP BY customer_id) g ON g.customer_id = p.customer_id
-- ["2026-10-31","email","2026-11-01","2026-11-01","email","email","sms","2026-11-01","2026-11-01","sms","sms","sms","2026-11-01","2026-11-01","e1","2026-10-02","2026-11-01","2026-11-01"]
