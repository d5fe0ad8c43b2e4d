import type { Dialect } from '../../../sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '../../../sql/sql.ts';
import type { OutcomeWindow } from '../../metric.ts';
import { windowEnd, within } from './in-window.ts';

/** Days after the promised one that still count, and the part of it that has to be paid. */
export const promiseGraceDays = 3;
export const promisePaidShare = 0.95;

/**
 * Promises made within the window whose time, three days after their date, ended within it too: customer_id, with y
 * the promises that were kept (or, asked for, not kept) and d all of them. Kept: of what was promised, 95 % paid and
 * not reversed between the promise and the end of its time.
 */
export function maturedPromises(dialect: Dialect, asked: OutcomeWindow, counted: 'kept' | 'broken'): Sql {
  const last = dialect.cast(dialect.addDays(raw('r.due_on'), promiseGraceDays), 'date');
  const made = within(dialect, asked, raw('r.made_at'));
  const asOf = dialect.addDays(dialect.date(asked.asOf), 1);
  const kept = sql`m.paid >= ${raw(String(promisePaidShare))} * m.amount`;
  const y = dialect.countIf(counted === 'kept' ? kept : sql`NOT (${kept})`);
  return sql`WITH made AS (
      SELECT p.customer_id, r.promise_id, r.account_id, r.made_at, r.amount, ${last} AS last_day
      FROM (${asked.people}) p
      JOIN current_accounts a ON a.customer_id = p.customer_id
      JOIN current_promises r ON r.account_id = a.account_id
      WHERE ${made} AND ${last} < ${windowEnd(dialect, asked)}
    ), met AS (
      SELECT r.customer_id, r.promise_id, r.amount, coalesce(sum(m.amount), 0) AS paid
      FROM made r
      LEFT JOIN current_payments m ON m.account_id = r.account_id AND NOT coalesce(m.reversed, false)
        AND m.paid_at >= r.made_at AND ${dialect.cast(raw('m.paid_at'), 'date')} <= r.last_day
        AND coalesce(m.known_at, m.paid_at) < ${asOf}
      GROUP BY r.customer_id, r.promise_id, r.amount
    )
    SELECT m.customer_id, ${dialect.float(y)} AS y, ${dialect.float(dialect.countIf(raw('true')))} AS d
    FROM met m GROUP BY m.customer_id`;
}
