import { literal, type Sql, sql } from '../../../sql/sql.ts';
import { bucketNames, bucketOf } from '../../buckets.ts';

/** States an account does not come back from. */
export const absorbing = ['charged_off', 'closed'] as const;
/** The account had a state a month before, and now there is no row of it. */
export const leftObservation = 'left_observation';

/** Every state, from the least to the most late, then the absorbing ones and those out of sight. */
export const stateNames: readonly string[] = [...bucketNames, ...absorbing, leftObservation];

/**
 * The state of an account on the date of a snapshot `s`, with its account `a`: charged off from its charge-off
 * date on, closed when the snapshot says so, otherwise its bucket of days past due.
 */
export const stateOf = (s: Sql, a: Sql): Sql => sql`CASE
    WHEN ${a}.charged_off_on <= ${s}.as_of OR ${s}.status = ${literal('charged_off')} THEN ${literal('charged_off')}
    WHEN ${s}.status = ${literal('closed')} THEN ${literal('closed')}
    ELSE ${bucketOf(sql`${s}.days_past_due`)} END`;
