import type { Dialect } from '../sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '../sql/sql.ts';

/** The account facts a segment is made of and the predicate that picks its accounts. */
export interface Picked {
  facts: Sql;
  predicate: Sql;
}

export interface SizeRow {
  /** NULL in the row of all of them. */
  currency: string | null;
  whole: boolean;
  accounts: number;
  customers: number;
  arrears: string | null;
  balance: string | null;
}

/**
 * How many accounts a segment has and how many different customers hold them, as one row (`whole`) and by currency, with
 * arrears and balance: exact by currency, NULL where no account's are known, and no sum over currencies.
 */
export const sizeOf = (dialect: Dialect, { facts, predicate }: Picked): Sql =>
  sql`SELECT f.currency, grouping(f.currency) = 1 AS whole, ${dialect.countIf(raw('true'))} AS accounts,
    ${dialect.cast(raw('count(DISTINCT f.customer_id)'), 'bigint')} AS customers,
    CASE WHEN grouping(f.currency) = 0 THEN sum(f.arrears) END AS arrears,
    CASE WHEN grouping(f.currency) = 0 THEN sum(f.balance) END AS balance
    FROM (${facts}) f WHERE ${predicate} GROUP BY GROUPING SETS ((), (f.currency)) ORDER BY whole DESC, f.currency`;

/** The row of all of them, and the known amounts by currency. */
export function readSize(rows: readonly SizeRow[]): {
  accounts: number;
  customers: number;
  arrears: { currency: string; amount: string }[];
  balance: { currency: string; amount: string }[];
} {
  const whole = rows.find((row) => row.whole);
  const known = (name: 'arrears' | 'balance') =>
    rows.flatMap((row) => {
      const amount = row[name];
      return amount === null || row.currency === null ? [] : [{ currency: row.currency, amount }];
    });
  return {
    accounts: whole?.accounts ?? 0,
    customers: whole?.customers ?? 0,
    arrears: known('arrears'),
    balance: known('balance'),
  };
}

/** The members of a segment, one row per account. */
export const segmentMembers = ({ facts, predicate }: Picked): Sql =>
  sql`SELECT f.account_id, f.customer_id FROM (${facts}) f WHERE ${predicate}`;
