import type { Dialect } from '../sql/dialects/dialect.ts';
import { current } from '../sql/dialects/duckdb.ts';
import { raw, type Sql, sql } from '../sql/sql.ts';

/** In which order people are called. By lot: the same for the same messages, and of nothing about the people. */
export const rankOrders = ['days_past_due', 'amount', 'window', 'lot'] as const;
export type RankOrder = (typeof rankOrders)[number];

export interface RankRequest {
  exportId: string;
  batchId: string;
  /** Date of the balances, ISO. */
  asOf: string;
  by: RankOrder;
}

/** What the people who wait in a run owe at the date: relation(customer_id, days, amount, currencies); those without a balance are absent. */
export const owedInRun = ({ exportId, asOf }: RankRequest, dialect: Dialect): Sql =>
  sql`(SELECT k.customer_id, max(s.days_past_due) AS days, sum(coalesce(s.arrears, s.balance)) AS amount, min(k.currency) AS lowest, max(k.currency) AS highest
    FROM ${current('snapshots')} s JOIN ${current('accounts')} k ON k.account_id = s.account_id
    WHERE s.as_of = ${dialect.date(asOf)} AND k.customer_id IN (SELECT customer_id FROM export_rows WHERE export_id = ${exportId} AND state = 'pending')
    GROUP BY k.customer_id)`;

/**
 * The rows of a run that wait, ranked from 1 without gaps or ties: relation(seq, message_key, rank). Unknown amounts come last; the
 * lot decides between equals, which is the message's key.
 */
export function rankedRows(dialect: Dialect, request: RankRequest): Sql {
  const orders: Record<RankOrder, Sql> = {
    days_past_due: raw('w.days DESC NULLS LAST, x.message_key'),
    amount: raw('w.amount DESC NULLS LAST, x.message_key'),
    window: raw('c.send_before ASC NULLS LAST, x.message_key'),
    lot: raw('x.message_key'),
  };
  const owed =
    request.by === 'days_past_due' || request.by === 'amount'
      ? sql`LEFT JOIN ${owedInRun(request, dialect)} w ON w.customer_id = x.customer_id`
      : raw('');
  return sql`(SELECT x.seq, x.message_key, CAST(row_number() OVER (ORDER BY ${orders[request.by]}) AS INTEGER) AS rank
    FROM export_rows x JOIN contact_checks c ON c.batch_id = ${request.batchId} AND c.assignment_id = x.assignment_id ${owed}
    WHERE x.export_id = ${request.exportId} AND x.state = 'pending')`;
}
