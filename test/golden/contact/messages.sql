SELECT CASE WHEN "customer_id" <> '' AND strpos(?, substr("customer_id", 1, 1)) > 0 THEN '''' || "customer_id" ELSE "customer_id" END AS "customer_id" FROM (WITH chosen AS (
  SELECT assignment_id, language, text FROM (
    SELECT b.assignment_id, t.language, t.text, row_number() OVER (PARTITION BY b.assignment_id ORDER BY CASE WHEN t.language = substr(lower(coalesce(p.language, '')), 1, 2) THEN 0 ELSE 1 END, t.place) AS place
    FROM contact_checks b JOIN assignments g ON g.assignment_id = b.assignment_id AND g.experiment_id = b.experiment_id
    JOIN (SELECT * FROM (VALUES (CAST(? AS VARCHAR), CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR))) AS v("arm", "touch", "place", "texts", "style", "template")) x ON x.arm = b.arm AND x.touch = b.touch AND x.place = coalesce(g.text_lot, 0) % x.texts
    JOIN (SELECT * FROM (VALUES (CAST(? AS VARCHAR), CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR), CAST(? AS VARCHAR), CAST(? AS INTEGER))) AS v("arm", "touch", "template", "language", "text", "place")) t ON t.arm = b.arm AND coalesce(t.touch, b.touch) = b.touch AND coalesce(t.template, x.template) = x.template
    LEFT JOIN "current_customers" p ON p.customer_id = b.customer_id WHERE b.batch_id = ?
  ) r WHERE place = 1
), debts AS (
  SELECT m.customer_id, k.currency, coalesce(s.arrears, s.balance) AS arrears, s.days_past_due,
    max(s.days_past_due) OVER (PARTITION BY m.customer_id) AS longest,
    first_value(k.currency) OVER (PARTITION BY m.customer_id ORDER BY s.days_past_due DESC, m.account_id) AS main
  FROM (SELECT account_id, customer_id FROM segment_members WHERE segment_id = ?
  UNION ALL SELECT k.account_id, k.customer_id FROM "current_accounts" k
  WHERE k.customer_id IN (SELECT customer_id FROM contact_checks WHERE batch_id = ?)
    AND k.customer_id NOT IN (SELECT customer_id FROM segment_members WHERE segment_id = ?)) m JOIN "current_snapshots" s ON s.account_id = m.account_id AND s.as_of = CAST(? AS DATE)
  JOIN "current_accounts" k ON k.account_id = m.account_id
), facts AS (
  SELECT customer_id, main AS currency, max(longest) AS days_past_due, CAST(sum(arrears) AS DECIMAL(18,2)) AS arrears
  FROM (SELECT customer_id, main, longest, CASE WHEN currency = main THEN arrears END AS arrears FROM debts) q
  GROUP BY customer_id, main
)
SELECT md5(('file:' || c.assignment_id || ':' || CAST(c.touch AS VARCHAR))) AS "message_key", c.customer_id AS "customer_id", 'L''essai' AS "experiment", 'plan' AS "plan", c.arm AS "arm", x.style AS "style", c.touch AS "touch", c.channel AS "channel", w.language AS "language", x.template AS "template", w.text AS "text", CAST(json_object('dias_mora', CAST(f.days_past_due AS VARCHAR), 'importe', CASE WHEN f.arrears > 0 THEN (f.currency || ' ' || CAST(f.arrears AS VARCHAR)) END) AS VARCHAR) AS "variables", (strftime(c.planned_at, '%Y-%m-%dT%H:%M:%S') || 'Z') AS "send_not_before", (strftime(c.send_before, '%Y-%m-%dT%H:%M:%S') || 'Z') AS "send_before", strftime(c.planned_local, '%Y-%m-%dT%H:%M:%S') AS "send_not_before_local", strftime(c.send_before_local, '%Y-%m-%dT%H:%M:%S') AS "send_before_local", c.time_zone AS "time_zone", a.propensity AS "propensity", (c.rule_set || ' v' || c.rule_version) AS "rule_set", CASE WHEN w.language = 'en' THEN ('Arm ' || c.arm || ' by lot; passes rule set ' || c.rule_set || ' v' || c.rule_version) ELSE ('Brazo ' || c.arm || ' por sorteo; pasa el conjunto de reglas ' || c.rule_set || ' v' || c.rule_version) END AS "reason", d.address AS "address"
FROM contact_checks c
JOIN assignments a ON a.assignment_id = c.assignment_id AND a.experiment_id = c.experiment_id
JOIN (SELECT * FROM (VALUES (CAST(? AS VARCHAR), CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS INTEGER), CAST(? AS VARCHAR), CAST(? AS VARCHAR))) AS v("arm", "touch", "place", "texts", "style", "template")) x ON x.arm = c.arm AND x.touch = c.touch AND x.place = coalesce(a.text_lot, 0) % x.texts
LEFT JOIN chosen w ON w.assignment_id = c.assignment_id
LEFT JOIN facts f ON f.customer_id = c.customer_id
LEFT JOIN "current_contact_points" d ON d.customer_id = c.customer_id AND d.channel = c.channel AND d.valid
WHERE c.batch_id = ?
ORDER BY c.customer_id) m
-- ["=+-@\t\r\n","neutral",1,0,1,"neutral","sms","neutral",null,null,"es","Debe {{importe}} ({{dias_mora}}), {{nombre}}",0,"b","seg","b","seg","2026-02-28","neutral",1,0,1,"neutral","sms","b"]
