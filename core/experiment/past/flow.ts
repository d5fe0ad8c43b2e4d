import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, list, raw, type Sql, sql } from '../../sql/sql.ts';

/** Customers whose accounts meet a condition on a date and on an earlier one, each with its own facts. */
export const newcomers = (dialect: Dialect, now: Sql, before: Sql, predicate: Sql): Sql =>
  sql`WITH today AS (SELECT DISTINCT f.customer_id FROM (${now}) f WHERE ${predicate}),
      earlier AS (SELECT DISTINCT f.customer_id FROM (${before}) f WHERE ${predicate})
    SELECT ${dialect.countIf(raw('e.customer_id IS NULL'))} AS arrived, ${dialect.countIf(raw('true'))} AS people
    FROM today t LEFT JOIN earlier e ON e.customer_id = t.customer_id`;

/** Messages of the last days in these channels, and how many arrived, of those it is known of. */
export const deliveries = (
  dialect: Dialect,
  channels: readonly string[],
  until: string,
  lastDays: number,
): Sql =>
  sql`SELECT ${dialect.countIf(raw('c.delivered'))} AS arrived, ${dialect.countIf(raw('c.delivered IS NOT NULL'))} AS known
    FROM ${ident('current_contacts')} c
    WHERE c.channel IN ${list(channels)} AND c.sent_at >= ${dialect.addDays(dialect.date(until), -lastDays)}
      AND c.sent_at < ${dialect.addDays(dialect.date(until), 1)}`;
