import type { HoldoutPlan } from '../contract/experiments/holdouts.ts';
import type { Dialect } from '../sql/dialects/dialect.ts';
import { current } from '../sql/dialects/duckdb.ts';
import { any, raw, type Sql, sql } from '../sql/sql.ts';

/** The bucket at whose entry people are drawn. */
export const enteredBucket = '1-29';

/**
 * Accounts, as account_id and customer_id, of people who entered 1–29 days past due: late by that much at most on a date of balances
 * and by nothing on the one before. The people of the first date have not entered on it.
 */
export const entrantAccounts = (dialect: Dialect, asOf: string): Sql => {
  const day = dialect.date(asOf);
  const before = sql`(SELECT max(as_of) FROM ${current('snapshots')} WHERE as_of < ${day})`;
  const late = sql`SELECT k.customer_id FROM ${current('snapshots')} s JOIN ${current('accounts')} k ON k.account_id = s.account_id`;
  return sql`SELECT s.account_id, k.customer_id FROM ${current('snapshots')} s JOIN ${current('accounts')} k ON k.account_id = s.account_id
    WHERE s.as_of = ${day} AND s.days_past_due BETWEEN 1 AND 29 AND ${before} IS NOT NULL
      AND k.customer_id NOT IN (${late} WHERE s.as_of = ${day} AND s.days_past_due > 29)
      AND k.customer_id NOT IN (${late} WHERE s.as_of = ${before} AND s.days_past_due > 0)`;
};

/** Customers whose balances go over the ceiling of their currency, or are in a currency without one. */
export const overCeiling = (dialect: Dialect, asOf: string, { ceilings }: HoldoutPlan): Sql => {
  const rows = dialect.inline(
    [
      ['currency', 'text'],
      ['amount', 'money'],
    ],
    ceilings.map(({ currency, amount }) => [currency, String(amount)]),
  );
  return sql`SELECT customer_id FROM (
      SELECT k.customer_id, k.currency, sum(s.balance) AS balance FROM ${current('snapshots')} s
      JOIN ${current('accounts')} k ON k.account_id = s.account_id WHERE s.as_of = ${dialect.date(asOf)} GROUP BY k.customer_id, k.currency
    ) b LEFT JOIN ${rows} c ON c.currency = b.currency WHERE ${any([raw('c.amount IS NULL'), raw('b.balance > c.amount'), raw('b.balance IS NULL')])}`;
};

/** People of earlier draws who have not been up to date since: the same entry is not drawn twice. */
export const drawnBefore = (
  holdoutId: string,
): Sql => sql`SELECT h.customer_id FROM holdout_people h WHERE h.holdout_id = ${holdoutId} AND (h.held AND h.released_on IS NULL
    OR NOT EXISTS (SELECT 1 FROM ${current('snapshots')} s JOIN ${current('accounts')} k ON k.account_id = s.account_id
      WHERE k.customer_id = h.customer_id AND s.as_of > h.entered_on AND s.days_past_due = 0))`;

/** Whom no discretionary message may reach on a day: held and not released. */
export const heldPeople =
  raw(`SELECT h.customer_id FROM holdout_people h JOIN contact_holdouts c ON c.holdout_id = h.holdout_id
    WHERE h.held AND h.released_on IS NULL AND c.state = 'running'`);
