import { all, literal, raw, type Sql, sql } from '../../../sql/sql.ts';
import type { KpiScope } from '../../kpi.ts';
import { accountsInScope } from './accounts.ts';
import { told } from './exchange.ts';
import { monthlySnapshots } from './months.ts';
import { stateOf } from './state.ts';

const epoch = 2000;

/** Months since January 2000 of an ISO date; consecutive months differ by one. */
export const monthNumber = (iso: string): number =>
  (Number(iso.slice(0, 4)) - epoch) * 12 + Number(iso.slice(5, 7)) - 1;

/** The first day of a month by its number, ISO. */
export const monthDate = (number: number): string =>
  `${epoch + Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}-01`;

export const monthNumberOf = ({ dialect }: KpiScope, day: Sql): Sql =>
  dialect.monthsBetween(dialect.date(literal(`${epoch}-01-01`)), day);

/** Columns of a state that not every figure reads; left out, they cost nothing. */
const extras = {
  charged_off_on: 'a.charged_off_on',
  customer_id: 'a.customer_id',
  days_past_due: 's.days_past_due',
  product_type: 'a.product_type',
} as const;

/**
 * Relation of the state of each account asked for, once a month: account_id, month (its number), as_of, state,
 * currency, balance and the extra columns. The balance is in the currency asked for, if one is.
 *
 * @param since first date looked at, ISO; default: all up to the date of the figure
 */
export function accountStates(
  scope: KpiScope,
  since?: string,
  more: readonly (keyof typeof extras)[] = [],
): Sql {
  const { dialect, asOf } = scope;
  const span = {
    ...(since === undefined ? {} : { since: dialect.date(literal(since)) }),
    before: dialect.addDays(dialect.date(literal(asOf)), 1),
  };
  const money = told(scope, raw('a.currency'), raw('s.as_of'));
  return sql`SELECT s.account_id, ${monthNumberOf(scope, raw('s.as_of'))} AS month, s.as_of, ${stateOf(raw('s'), raw('a'))} AS state,
    ${money.currency} AS currency, ${money.amount(raw('s.balance'))} AS balance${raw(more.map((name) => `, ${extras[name]}`).join(''))}
  FROM (${monthlySnapshots(scope, span)}) AS s
  JOIN (${accountsInScope(scope)}) AS a ON a.account_id = s.account_id${money.join}`;
}

/** The condition of a bucket, or none. */
export const inBucket = ({ filter: { bucket } }: KpiScope, state: Sql): Sql =>
  bucket === undefined ? all([]) : sql`${state} = ${literal(bucket)}`;
