import type { Dialect } from '../sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '../sql/sql.ts';

/** The account facts a segment is made of and the predicate that picks its accounts. */
export interface Picked {
  facts: Sql;
  predicate: Sql;
}

/** How many accounts and how many different customers hold them. */
export const countSegment = (dialect: Dialect, { facts, predicate }: Picked): Sql =>
  sql`SELECT ${dialect.countIf(raw('true'))} AS accounts, ${dialect.cast(raw('count(DISTINCT f.customer_id)'), 'bigint')} AS customers
    FROM (${facts}) f WHERE ${predicate}`;

/** Arrears and balance by currency, exact; NULL where no account's are known. */
export const sumAmounts = ({ facts, predicate }: Picked): Sql =>
  sql`SELECT f.currency, sum(f.arrears) AS arrears, sum(f.balance) AS balance FROM (${facts}) f WHERE ${predicate}
    GROUP BY f.currency ORDER BY f.currency`;

/** The members of a segment, one row per account. */
export const segmentMembers = ({ facts, predicate }: Picked): Sql =>
  sql`SELECT f.account_id, f.customer_id FROM (${facts}) f WHERE ${predicate}`;
