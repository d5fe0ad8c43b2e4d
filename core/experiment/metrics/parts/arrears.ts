import type { Dialect } from '../../../sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '../../../sql/sql.ts';
import type { OutcomeWindow } from '../../metric.ts';
import { windowEnd, within } from './in-window.ts';

const gone = raw("('charged_off', 'sold', 'written_off')");

/**
 * Named parts of a statement, up to `cleared`: customer_id, entered_on, account_id and the day on which it was cleared
 * (NULL: not), for every account that was past due when the person entered.
 *
 * Past due when they entered: at the account's last snapshot on or before that day, unless already charged off or sold.
 * Cleared on the first day of the window with a snapshot of 0 days past due, or on which payments since entering, less
 * those reversed, reach the arrears of that snapshot and the instalments that fell due since entering and before that
 * day, where instalments are known. A payment is not believed to have cleared when a later snapshot of the window shows
 * more days past due than have gone by since it: a new instalment was left unpaid. An account charged off or sold by the end of the window, or at the
 * snapshot of 0 days itself, is not cleared.
 */
export function clearedAccounts(dialect: Dialect, asked: OutcomeWindow): Sql {
  const end = windowEnd(dialect, asked);
  const followed = windowEnd(dialect, {
    ...asked,
    horizonDays: Math.max(asked.horizonDays, asked.followedDays ?? 0),
  });
  const paidOn = dialect.cast(raw('m.paid_at'), 'date');
  const paid = within(dialect, asked, raw('m.paid_at'), raw('m.known_at'));
  /** One side of the join alone, so that it is a hash join: the engine tries every pair otherwise. */
  const lateSince = dialect.cast(dialect.addDays(raw('s.as_of'), raw('-s.days_past_due')), 'date');
  const isGone = (status: string) => sql`coalesce(${raw(status)}, '') IN ${gone}`;
  return sql`WITH people AS (${asked.people}), latest AS (
      SELECT p.customer_id, p.entered_on, a.account_id, a.charged_off_on, max(s.as_of) AS as_of
      FROM people p
      JOIN current_accounts a ON a.customer_id = p.customer_id
      JOIN current_snapshots s ON s.account_id = a.account_id AND s.as_of <= p.entered_on
      GROUP BY p.customer_id, p.entered_on, a.account_id, a.charged_off_on
    ), late AS (
      SELECT p.customer_id, p.entered_on, p.account_id, p.charged_off_on, s.arrears
      FROM latest p JOIN current_snapshots s ON s.account_id = p.account_id AND s.as_of = p.as_of
      WHERE s.days_past_due > 0 AND NOT ${isGone('s.status')} AND (p.charged_off_on IS NULL OR p.charged_off_on > p.entered_on)
    ), seen AS (
      SELECT p.account_id, p.entered_on,
        min(CASE WHEN s.days_past_due = 0 AND NOT ${isGone('s.status')} THEN s.as_of END) AS seen_on,
        max(CASE WHEN ${isGone('s.status')} THEN 1 ELSE 0 END) AS is_gone
      FROM late p JOIN current_snapshots s ON s.account_id = p.account_id
      WHERE s.as_of > p.entered_on AND s.as_of < ${end}
      GROUP BY p.account_id, p.entered_on
    ), days AS (
      SELECT p.account_id, p.entered_on, p.arrears, ${paidOn} AS paid_on, sum(m.amount) AS amount
      FROM late p JOIN current_payments m ON m.account_id = p.account_id
      WHERE p.arrears > 0 AND NOT coalesce(m.reversed, false) AND ${paid}
      GROUP BY p.account_id, p.entered_on, p.arrears, ${paidOn}
    ), running AS (
      SELECT account_id, entered_on, arrears, paid_on,
        sum(amount) OVER (PARTITION BY account_id, entered_on ORDER BY paid_on) AS total
      FROM days
    ), owing AS (
      SELECT p.account_id, p.entered_on, p.paid_on, p.total, p.arrears + coalesce(sum(i.amount), 0) AS owed
      FROM running p
      LEFT JOIN current_instalments i ON i.account_id = p.account_id AND i.due_on >= p.entered_on AND i.due_on < p.paid_on
      GROUP BY p.account_id, p.entered_on, p.paid_on, p.total, p.arrears
    ), believed AS (
      SELECT p.account_id, p.entered_on, p.paid_on FROM owing p
      LEFT JOIN current_snapshots s ON s.account_id = p.account_id AND s.as_of >= p.paid_on AND s.as_of < ${followed}
        AND ${lateSince} < p.paid_on
      WHERE p.total >= p.owed
      GROUP BY p.account_id, p.entered_on, p.paid_on HAVING count(s.as_of) = 0
    ), paid AS (
      SELECT account_id, entered_on, min(paid_on) AS paid_on FROM believed GROUP BY account_id, entered_on
    ), cleared AS (
      SELECT p.customer_id, p.entered_on, p.account_id,
        CASE WHEN coalesce(s.is_gone, 0) = 1 OR p.charged_off_on < ${end} THEN NULL
          WHEN s.seen_on IS NULL THEN m.paid_on WHEN m.paid_on IS NULL THEN s.seen_on
          ELSE least(s.seen_on, m.paid_on) END AS cleared_on
      FROM late p
      LEFT JOIN seen s ON s.account_id = p.account_id AND s.entered_on = p.entered_on
      LEFT JOIN paid m ON m.account_id = p.account_id AND m.entered_on = p.entered_on
    )`;
}
