import type { Dialect } from '../../../sql/dialects/dialect.ts';
import { join, raw, type Sql, sql } from '../../../sql/sql.ts';
import type { OutcomeWindow } from '../../metric.ts';
import { windowEnd, within } from './in-window.ts';

const gone = raw("('charged_off', 'sold', 'written_off')");

/** A window that clearing is read over, and up to how many days after entering later balances may show it was not so. */
export interface ClearingWindow {
  horizonDays: number;
  followedDays?: number | undefined;
}

export interface Clearing {
  /** Relation with customer_id and entered_on: one row a person. */
  people: Sql;
  asOf: string;
  windows: readonly ClearingWindow[];
}

const columnOf = ({ horizonDays }: ClearingWindow, part = 'cleared') => raw(`${part}_${horizonDays}`);

/**
 * Named parts of a statement, up to `clearing`: customer_id, entered_on, account_id and, for each window, the day on
 * which it was cleared (`cleared_30`; NULL: not), for every account that was past due when the person entered. Windows
 * differ by where they end alone, so that one pass answers for all of them.
 *
 * Past due when they entered: at the account's last snapshot on or before that day, unless already charged off or sold.
 * Cleared on the first day of the window with a snapshot of 0 days past due, or on which payments since entering, less
 * those reversed, reach the arrears of that snapshot and the instalments that fell due since entering and before that
 * day, where instalments are known. A payment is not believed to have cleared when a later snapshot of the window shows
 * more days past due than have gone by since it: a new instalment was left unpaid. An account charged off or sold by the end of the window, or at the
 * snapshot of 0 days itself, is not cleared.
 */
export function clearingSql(dialect: Dialect, { people, asOf, windows }: Clearing): Sql {
  const endOf = (horizonDays: number) => windowEnd(dialect, { people, asOf, horizonDays });
  const followedFor = ({ horizonDays, followedDays = 0 }: ClearingWindow) =>
    Math.max(horizonDays, followedDays);
  const longest = Math.max(...windows.map(({ horizonDays }) => horizonDays));
  const followed = endOf(Math.max(...windows.map(followedFor)));
  const paidOn = dialect.cast(raw('m.paid_at'), 'date');
  const paid = within(dialect, { people, asOf, horizonDays: longest }, raw('m.paid_at'), raw('m.known_at'));
  /** One side of the join alone, so that it is a hash join: the engine tries every pair otherwise. */
  const lateSince = dialect.cast(dialect.addDays(raw('s.as_of'), raw('-s.days_past_due')), 'date');
  const isGone = (status: string) => sql`coalesce(${raw(status)}, '') IN ${gone}`;
  const firstPaid = windows.map((one) => {
    const believed = sql`p.paid_on < ${endOf(one.horizonDays)} AND (p.denied_on IS NULL OR p.denied_on >= ${endOf(followedFor(one))})`;
    return sql`min(CASE WHEN ${believed} THEN p.paid_on END) AS ${columnOf(one, 'paid')}`;
  });
  const firstSeen = windows.map((one) => {
    const clear = sql`s.days_past_due = 0 AND NOT ${isGone('s.status')} AND s.as_of < ${endOf(one.horizonDays)}`;
    return sql`min(CASE WHEN ${clear} THEN s.as_of END) AS ${columnOf(one, 'seen')}`;
  });
  const cleared = windows.map((one) => {
    const end = endOf(one.horizonDays);
    const [seen, paidFirst] = [columnOf(one, 's.seen'), columnOf(one, 'm.paid')];
    return sql`CASE WHEN s.gone_on < ${end} OR p.charged_off_on < ${end} THEN NULL
          WHEN ${seen} IS NULL THEN ${paidFirst} WHEN ${paidFirst} IS NULL THEN ${seen}
          ELSE least(${seen}, ${paidFirst}) END AS ${columnOf(one)}`;
  });
  return sql`WITH people AS (${people}), latest AS (
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
        ${join(firstSeen)},
        min(CASE WHEN ${isGone('s.status')} THEN s.as_of END) AS gone_on
      FROM late p JOIN current_snapshots s ON s.account_id = p.account_id
      WHERE s.as_of > p.entered_on AND s.as_of < ${endOf(longest)}
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
    ), reached AS (
      SELECT p.account_id, p.entered_on, p.paid_on, min(s.as_of) AS denied_on FROM owing p
      LEFT JOIN current_snapshots s ON s.account_id = p.account_id AND s.as_of >= p.paid_on AND s.as_of < ${followed}
        AND ${lateSince} < p.paid_on
      WHERE p.total >= p.owed
      GROUP BY p.account_id, p.entered_on, p.paid_on
    ), paid AS (
      SELECT p.account_id, p.entered_on, ${join(firstPaid)} FROM reached p GROUP BY p.account_id, p.entered_on
    ), clearing AS (
      SELECT p.customer_id, p.entered_on, p.account_id, ${join(cleared)}
      FROM late p
      LEFT JOIN seen s ON s.account_id = p.account_id AND s.entered_on = p.entered_on
      LEFT JOIN paid m ON m.account_id = p.account_id AND m.entered_on = p.entered_on
    )`;
}

/**
 * Named parts of a statement, up to `cleared`: customer_id, entered_on, account_id and cleared_on, by the rule of
 * `clearingSql` over one window; from the relation that already holds it, where the window names one.
 */
export function clearedAccounts(dialect: Dialect, asked: OutcomeWindow): Sql {
  const one = sql`cleared AS (SELECT customer_id, entered_on, account_id, ${columnOf(asked)} AS cleared_on FROM `;
  if (asked.cleared) return sql`WITH ${one}${asked.cleared} c)`;
  return sql`${clearingSql(dialect, { ...asked, windows: [asked] })}, ${one}clearing c)`;
}
