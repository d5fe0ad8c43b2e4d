import { all, literal, raw, type Sql, sql } from '../../../sql/sql.ts';
import type { KpiScope } from '../../kpi.ts';
import { accountsInScope, narrows } from './accounts.ts';
import { accountStates, monthDate, monthNumber, monthNumberOf } from './states.ts';

/** The instants looked at: from `since` to the end of the day of the figure. */
export function inWindow({ dialect, filter, asOf }: KpiScope, instant: Sql): Sql {
  const from = filter.since;
  return all([
    sql`${instant} < ${dialect.addDays(dialect.date(literal(asOf)), 1)}`,
    ...(from === undefined ? [] : [sql`${instant} >= ${dialect.date(literal(from))}`]),
  ]);
}

/**
 * Relation of the accounts asked for that were in the bucket asked for at the last snapshot of a month: account_id,
 * customer_id, currency, month (its number). An event belongs to the bucket of the month before it.
 */
const bucketMonths = (scope: KpiScope): Sql => {
  const since = scope.filter.since;
  const first = since === undefined ? undefined : monthDate(monthNumber(since) - 1);
  return sql`SELECT account_id, customer_id, month FROM (${accountStates({ ...scope, filter: { ...scope.filter, quote: undefined } }, first, ['customer_id'])}) AS b
    WHERE state = ${literal(scope.filter.bucket ?? '')}`;
};

/** The condition that an event of an account is of one asked for; `at` is its instant. */
export function ofAccount(scope: KpiScope, account: Sql, at: Sql): Sql {
  const { bucket } = scope.filter;
  if (bucket !== undefined)
    return sql`(${account}, ${monthNumberOf(scope, at)} - 1) IN (SELECT (account_id, month) FROM (${bucketMonths(scope)}) AS o)`;
  return narrows(scope.filter)
    ? sql`${account} IN (SELECT account_id FROM (${accountsInScope(scope)}) AS o)`
    : raw('true');
}

/** The same for an event of a person, with any of their accounts. */
export function ofCustomer(scope: KpiScope, customer: Sql, at: Sql): Sql {
  const { bucket } = scope.filter;
  if (bucket !== undefined)
    return sql`(${customer}, ${monthNumberOf(scope, at)} - 1) IN (SELECT (customer_id, month) FROM (${bucketMonths(scope)}) AS o)`;
  return narrows(scope.filter)
    ? sql`${customer} IN (SELECT customer_id FROM (${accountsInScope(scope)}) AS o)`
    : raw('true');
}

/**
 * Relation of the contacts sent in the time looked at: those of an account asked for, and those of no account to a
 * person who holds one. All columns of contacts.
 */
export function contactsInScope(scope: KpiScope): Sql {
  const at = raw('k.sent_at');
  const { filter } = scope;
  const fits =
    narrows(filter) || filter.bucket !== undefined
      ? sql`CASE WHEN k.account_id IS NOT NULL THEN ${ofAccount(scope, raw('k.account_id'), at)} ELSE ${ofCustomer(scope, raw('k.customer_id'), at)} END`
      : raw('true');
  return sql`SELECT k.* FROM current_contacts AS k WHERE ${inWindow(scope, at)} AND ${fits}`;
}
