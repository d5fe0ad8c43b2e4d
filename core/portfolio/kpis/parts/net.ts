import { literal, raw, type Sql, sql } from '../../../sql/sql.ts';
import { bucketNames } from '../../buckets.ts';
import type { KpiRow, KpiScope } from '../../kpi.ts';
import { grouped } from './rows.ts';

/** The ways a net roll reads: those of accounts that are charged off some day. */
export const everChargedOff: Sql = sql`e.account_id IN (
    SELECT account_id FROM current_accounts WHERE charged_off_on IS NOT NULL
    UNION SELECT account_id FROM states WHERE state = ${literal('charged_off')})`;

/**
 * After `WITH states, pairs` of {@link withPairs}: what each state holds in each month, per currency: month (its
 * number), currency, state, accounts, balance. Money the bank owes (negative balances) is left out. `charged_off` is
 * what was charged off in the month, from any bucket, at its opening balance.
 */
export const stocks = ({ dialect }: KpiScope): Sql => {
  const balance = dialect.sumIf(raw('balance'), raw('balance > 0'));
  const accounts = dialect.countIf(raw('true'));
  return sql`SELECT month, currency, state, ${accounts} AS accounts, ${balance} AS balance
FROM states WHERE state <> ${literal('charged_off')} GROUP BY month, currency, state
UNION ALL
SELECT month + 1, currency, after, ${accounts}, ${balance}
FROM pairs WHERE after = ${literal('charged_off')} AND before <> ${literal('charged_off')} GROUP BY month, currency, after`;
};

export interface NetStep {
  month: number;
  currency: string;
  before: string;
  after: string;
  accounts: number;
  opening: string;
  closing: string;
}

/**
 * Each step down of each currency from each opening month: the balance of a bucket then, and of the next one a month
 * later. Buckets that never hold anything are passed over; the last one leads to charge-off.
 */
export function netSteps(found: readonly KpiRow[], openings: readonly number[]): NetStep[] {
  return grouped(found, ['currency']).flatMap((rows) => {
    const of = new Map(rows.map((row) => [`${row.month} ${row.state}`, row]));
    const held = bucketNames.filter((name) =>
      rows.some(({ state, balance }) => state === name && Number(balance) > 0),
    );
    return openings.flatMap((month) =>
      held.flatMap((before, i): NetStep[] => {
        const opening = of.get(`${month} ${before}`);
        if (!opening) return [];
        const after = held[i + 1] ?? 'charged_off';
        return [
          {
            month,
            currency: String(opening.currency),
            before,
            after,
            accounts: Number(opening.accounts),
            opening: String(opening.balance ?? '0.00'),
            closing: String(of.get(`${month + 1} ${after}`)?.balance ?? '0.00'),
          },
        ];
      }),
    );
  });
}
