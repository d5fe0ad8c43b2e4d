import { all, list, literal, raw, type Sql, sql } from '../../../sql/sql.ts';
import type { KpiScope } from '../../kpi.ts';
import { absorbing, leftObservation } from './state.ts';
import { accountStates, inBucket, monthDate, monthNumber } from './states.ts';

/** The month numbers from which a way of so many months can be followed up to the date of the figure, oldest first. */
export function openings({ dates, filter }: KpiScope, steps = 1): number[] {
  const seen = new Set(dates.map(monthNumber));
  return dates
    .filter((date) => filter.since === undefined || date >= filter.since)
    .map(monthNumber)
    .filter((month) => Array.from({ length: steps }, (_, i) => month + i + 1).every((m) => seen.has(m)));
}

/** The state a month after `e`, of which `l` is the row of the next month, if any. */
export function stateAfter({ dialect }: KpiScope, e: string, l: string): Sql {
  const nextMonthEnd = dialect.monthEnd(dialect.addDays(dialect.monthEnd(raw(`${e}.as_of`)), 1));
  return sql`CASE WHEN ${raw(e)}.state IN (${raw(absorbing.map((state) => literal(state).text).join(', '))}) THEN ${raw(e)}.state
    WHEN ${raw(l)}.state IS NOT NULL THEN ${raw(l)}.state
    WHEN ${raw(e)}.charged_off_on <= ${nextMonthEnd} THEN ${literal('charged_off')}
    ELSE ${literal(leftObservation)} END`;
}

/** Month numbers as a list to look in. */
export const among = (months: readonly number[]): Sql =>
  months.length ? raw(`(${months.join(', ')})`) : list([]);

/** The same question of all buckets, for a figure that picks its bucket from the rows. */
export const unfiltered = <P>(scope: KpiScope<P>): KpiScope<P> => ({
  ...scope,
  filter: { ...scope.filter, bucket: undefined },
});

/**
 * `WITH states AS …, pairs AS …`: every account with a snapshot in one of the opening months and its state a month
 * later: account_id, currency, month (of the opening), charged_off_on, before, after, balance (at the opening). An absorbing
 * state keeps its accounts; one charged off since has that state even without a snapshot; any other without one has
 * left observation. So the ways from a state sum to its accounts.
 *
 * @param which condition on the opening state `e`, for a figure that reads some ways only
 */
export function withPairs(
  scope: KpiScope,
  months: readonly number[],
  which: Sql = all([]),
  more: Parameters<typeof accountStates>[2] = [],
): Sql {
  const first = Math.min(...months, monthNumber(scope.asOf));
  return sql`WITH states AS (
  ${accountStates(scope, monthDate(first), ['charged_off_on', ...more])}
), pairs AS (
  SELECT e.account_id, e.currency, e.month, e.charged_off_on, e.state AS before, ${stateAfter(scope, 'e', 'l')} AS after, e.balance
  FROM states AS e LEFT JOIN states AS l ON l.account_id = e.account_id AND l.month = e.month + 1
  WHERE e.month IN ${among(months)} AND ${inBucket(scope, raw('e.state'))} AND ${which}
)`;
}
