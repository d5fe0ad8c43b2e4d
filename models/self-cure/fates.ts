import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { current } from '#core/sql/dialects/duckdb.ts';
import { join, type Sql, sql } from '#core/sql/sql.ts';
import type { DecisionDate } from '../question.ts';
import { isOneOf, statusesOut } from './candidates.ts';

/** Adjustments that bring an account to 0 without it having been paid. */
const administrativeKinds = ['re_age', 'refund', 'write_off', 'restructuring'];
/** A snapshot this close before the cure dates it well enough to tell what came first. */
const closeDays = 7;
/** A snapshot further after a payment than this says nothing of it. */
const furthestDays = 45;

/**
 * What became of each row of `population` within its horizon, and when: account_id, customer_id, as_of, horizon_end,
 * label_end, `snapshots` (in the horizon), `cured_on`, `dated` (1 where the day of the cure is known to a week),
 * `late_on` (first snapshot past due after a cure, while it had to last), `lost_on` (charge-off, sale, insolvency, death),
 * `measure_on` (administrative measure), `partial_on` (first payment that did not clear the account), `improved` (1: fewer
 * days past due at some snapshot), `contacted_on` and `assisted_on` (first contact not known to have failed, and the
 * first by a person: a call or one with an agent).
 *
 * The cure is the first of: a snapshot at 0 days past due, one closed with nothing due, and the day on which payments
 * that were not reversed add up to the arrears plus the instalments fallen due since, unless the next snapshot says
 * that the account was already late on that day. Contacts are those with the person, whatever the account.
 */
export function fates(dialect: Dialect, population: Sql, dates: readonly DecisionDate[]): Sql {
  const settled = dialect.inline(
    [
      ['as_of', 'date'],
      ['horizon_end', 'date'],
      ['label_end', 'date'],
    ],
    dates.map(({ asOf, horizonEnd, labelEnd }) => [asOf, horizonEnd, labelEnd]),
  );
  return sql`WITH settled_rows AS (SELECT q.account_id, q.customer_id, q.as_of, d.horizon_end, d.label_end, n.arrears, n.days_past_due AS days_then
  FROM ${population} q JOIN ${settled} d ON d.as_of = q.as_of
  LEFT JOIN ${current('snapshots')} n ON n.account_id = q.account_id AND n.as_of = q.as_of),
seen AS (${seen(dialect)}),
paid_days AS (${paidDays(dialect)}),
paid AS (${paid(dialect)}),
cures AS (SELECT p.*, coalesce(x.snapshots, 0) AS snapshots, x.lost_seen_on, x.cured_seen_on, x.before_seen_on, x.lowest, y.paid_on, y.cured_paid_on,
  CASE WHEN y.cured_paid_on <= x.cured_seen_on OR x.cured_seen_on IS NULL THEN y.cured_paid_on ELSE x.cured_seen_on END AS cured_on
  FROM settled_rows p LEFT JOIN seen x ON x.account_id = p.account_id AND x.as_of = p.as_of
  LEFT JOIN paid y ON y.account_id = p.account_id AND y.as_of = p.as_of)
SELECT c.account_id, c.customer_id, c.as_of, c.horizon_end, c.label_end, c.snapshots, c.cured_on,
  CASE WHEN c.cured_on IS NULL THEN NULL WHEN c.cured_on = c.cured_paid_on OR ${dialect.daysBetween(sql`c.before_seen_on`, sql`c.cured_on`)} <= ${closeDays} THEN 1 ELSE 0 END AS dated,
  r.late_on, ${lostOn()} AS lost_on, m.measure_on,
  CASE WHEN c.paid_on < c.cured_on OR c.cured_on IS NULL THEN c.paid_on END AS partial_on,
  CASE WHEN c.lowest < c.days_then THEN 1 ELSE 0 END AS improved, k.contacted_on, k.assisted_on
FROM cures c
LEFT JOIN ${current('accounts')} a ON a.account_id = c.account_id
LEFT JOIN (${relapses(dialect)}) r ON r.account_id = c.account_id AND r.as_of = c.as_of
LEFT JOIN (${endings()}) e ON e.account_id = c.account_id AND e.as_of = c.as_of
LEFT JOIN (${measures(dialect)}) m ON m.account_id = c.account_id AND m.as_of = c.as_of
LEFT JOIN (${contacts(dialect)}) k ON k.account_id = c.account_id AND k.as_of = c.as_of`;
}

const lost = isOneOf(sql`s.status`, statusesOut.charged_off);
const inWindow = (dialect: Dialect, instant: Sql): Sql =>
  sql`${instant} >= ${dialect.addDays(sql`p.as_of`, 1)} AND ${instant} < ${dialect.addDays(sql`p.horizon_end`, 1)}`;

/** By snapshots: how many, the first at 0 or closed with nothing due and the one before it, the first charged off. */
const seen = (dialect: Dialect): Sql => sql`SELECT s.account_id, s.as_of, count(*) AS snapshots,
  min(s.seen_on) FILTER (WHERE s.clear) AS cured_seen_on, ${dialect.argMax(sql`CASE WHEN s.clear THEN s.before_on END`, sql`-CAST(${dialect.daysBetween(sql`s.as_of`, sql`s.seen_on`)} AS INTEGER)`)} AS before_seen_on,
  min(s.seen_on) FILTER (WHERE s.gone) AS lost_seen_on, min(s.days_past_due) AS lowest
FROM (SELECT p.account_id, p.as_of, s.as_of AS seen_on, s.days_past_due, coalesce(${lost}, false) AS gone,
  NOT coalesce(${lost}, false) AND (s.days_past_due = 0 OR coalesce(${isOneOf(sql`s.status`, ['paid_off'])}, false)) AS clear,
  coalesce(lag(s.as_of) OVER (PARTITION BY p.account_id, p.as_of ORDER BY s.as_of), p.as_of) AS before_on
  FROM settled_rows p JOIN ${current('snapshots')} s ON s.account_id = p.account_id AND s.as_of > p.as_of AND s.as_of <= p.horizon_end) s
GROUP BY s.account_id, s.as_of`;

/** Payments added up by day since the date, with what fell due meanwhile. */
const paidDays = (dialect: Dialect): Sql => sql`SELECT d.account_id, d.as_of, d.paid_on, d.arrears,
  sum(d.amount) OVER (PARTITION BY d.account_id, d.as_of ORDER BY d.paid_on) AS paid_so_far,
  coalesce((SELECT sum(i.amount) FROM ${current('instalments')} i WHERE i.account_id = d.account_id AND i.due_on > d.as_of AND i.due_on < d.paid_on), 0) AS fallen_due
FROM (SELECT p.account_id, p.as_of, p.arrears, ${dialect.cast(sql`y.paid_at`, 'date')} AS paid_on, sum(y.amount) AS amount
  FROM settled_rows p JOIN ${current('payments')} y ON y.account_id = p.account_id AND ${inWindow(dialect, sql`y.paid_at`)}
  WHERE NOT coalesce(y.reversed, false) GROUP BY 1, 2, 3, 4) d`;

/** The first payment, and the first day paid up that the next snapshot does not contradict. */
const paid = (dialect: Dialect): Sql => sql`SELECT d.account_id, d.as_of, min(d.paid_on) AS paid_on,
  min(CASE WHEN d.paid_so_far >= d.arrears + d.fallen_due AND NOT coalesce(n.days_past_due > ${dialect.daysBetween(sql`d.paid_on`, sql`n.as_of`)}, false) THEN d.paid_on END) AS cured_paid_on
FROM paid_days d LEFT JOIN (SELECT d.account_id, d.as_of AS asked_on, d.paid_on, min(s.as_of) AS next_on
  FROM paid_days d JOIN ${current('snapshots')} s ON s.account_id = d.account_id AND s.as_of >= d.paid_on AND s.as_of <= ${dialect.addDays(sql`d.paid_on`, furthestDays)}
  GROUP BY d.account_id, d.as_of, d.paid_on) t ON t.account_id = d.account_id AND t.asked_on = d.as_of AND t.paid_on = d.paid_on
LEFT JOIN ${current('snapshots')} n ON n.account_id = t.account_id AND n.as_of = t.next_on
GROUP BY d.account_id, d.as_of`;

const lostOn = (): Sql => {
  const dates = [
    sql`c.lost_seen_on`,
    sql`CASE WHEN a.charged_off_on > c.as_of AND a.charged_off_on <= c.horizon_end THEN a.charged_off_on END`,
    sql`e.ended_on`,
  ];
  return sql`least(${join(
    dates.map((own, i) => sql`coalesce(${join([own, ...dates.filter((_, j) => j !== i)])})`),
  )})`;
};

/** First snapshot past due after the cure, in as many days as it has to last. */
const relapses = (dialect: Dialect): Sql => sql`SELECT c.account_id, c.as_of, min(s.as_of) AS late_on
FROM cures c JOIN ${current('snapshots')} s ON s.account_id = c.account_id AND s.as_of > c.cured_on AND s.days_past_due > 0
  AND s.as_of <= ${dialect.addDays(sql`c.cured_on`, dialect.daysBetween(sql`c.horizon_end`, sql`c.label_end`))}
GROUP BY c.account_id, c.as_of`;

const endings = (): Sql => sql`SELECT p.account_id, p.as_of, min(f.started_on) AS ended_on
FROM settled_rows p JOIN ${current('flags')} f ON f.customer_id = p.customer_id AND f.started_on > p.as_of AND f.started_on <= p.horizon_end
WHERE ${isOneOf(sql`f.kind`, ['insolvent', 'deceased'])} GROUP BY p.account_id, p.as_of`;

const measures = (dialect: Dialect): Sql =>
  sql`SELECT p.account_id, p.as_of, ${dialect.cast(sql`min(m.occurred_at)`, 'date')} AS measure_on
FROM settled_rows p JOIN ${current('adjustments')} m ON m.account_id = p.account_id AND ${inWindow(dialect, sql`m.occurred_at`)}
WHERE ${isOneOf(sql`m.kind`, administrativeKinds)} GROUP BY p.account_id, p.as_of`;

const contacts = (dialect: Dialect): Sql =>
  sql`SELECT p.account_id, p.as_of, ${dialect.cast(sql`min(t.sent_at)`, 'date')} AS contacted_on,
  ${dialect.cast(sql`min(t.sent_at) FILTER (WHERE t.channel = 'call' OR t.agent_id IS NOT NULL)`, 'date')} AS assisted_on
FROM settled_rows p JOIN ${current('contacts')} t ON t.customer_id = p.customer_id AND ${inWindow(dialect, sql`t.sent_at`)}
WHERE coalesce(t.delivered, true) GROUP BY p.account_id, p.as_of`;
