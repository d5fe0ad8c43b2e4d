import type { Dialect } from '../../sql/dialects/dialect.ts';
import { list, literal, raw, type Sql, sql } from '../../sql/sql.ts';
import { type MonthlySnapshots, monthlySnapshots } from './months.ts';
import { absorbing, leftObservation, stateOf } from './state.ts';

export interface RollMonths extends MonthlySnapshots {
  /** Any date of the later month. */
  asOf: string;
}

const monthOf = (dialect: Dialect, asOf: string, before: number): Sql => {
  const start = dialect.monthStart(dialect.date(literal(asOf)));
  return before === 0 ? start : dialect.monthStart(dialect.addDays(start, -1));
};

/**
 * Gross roll of one month: for each state before and after, the accounts. Population: accounts with a snapshot in
 * the month before. An absorbing state keeps its accounts; an account charged off since has that state even
 * without a snapshot; any other without one has left observation. So rows sum to their denominator.
 */
export function rolls(request: RollMonths): Sql {
  const { dialect, asOf } = request;
  const later = monthOf(dialect, asOf, 0);
  const earlier = monthOf(dialect, asOf, 1);
  const ends = dialect.monthEnd(later);
  const snapshots = monthlySnapshots(request, { since: earlier, before: dialect.addDays(ends, 1) });
  return sql`WITH monthly AS (${snapshots}),
earlier AS (
  SELECT s.account_id, a.charged_off_on, ${stateOf(raw('s'), raw('a'))} AS state
  FROM monthly AS s JOIN current_accounts AS a ON a.account_id = s.account_id
  WHERE s.month = ${earlier}
),
later AS (
  SELECT s.account_id, ${stateOf(raw('s'), raw('a'))} AS state
  FROM monthly AS s JOIN current_accounts AS a ON a.account_id = s.account_id
  WHERE s.month = ${later}
)
SELECT earlier.state AS before,
  CASE WHEN earlier.state IN ${list(absorbing)} THEN earlier.state
    WHEN later.state IS NOT NULL THEN later.state
    WHEN earlier.charged_off_on <= ${ends} THEN ${literal('charged_off')}
    ELSE ${literal(leftObservation)} END AS after,
  ${dialect.countIf(raw('true'))} AS accounts
FROM earlier LEFT JOIN later ON later.account_id = earlier.account_id
GROUP BY 1, 2
ORDER BY 1, 2`;
}
