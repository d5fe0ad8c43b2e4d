import type { Dialect } from '../../sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '../../sql/sql.ts';
import type { Text } from '../../text/text.ts';
import { type Cadence, nextTouches } from './due.ts';

export interface Skipping extends Cadence {
  /** Day of the next send. */
  sendOn: string;
  graceDays: number;
}

/**
 * Leaves out touches whose days of grace are over: one for each person, with the rule that kept it back last, or `no_run` where no
 * run judged it. To be repeated until it leaves none out, since the next touch may be late too.
 */
export const recordSkips = (dialect: Dialect, given: Skipping): Sql => {
  const { experimentId, sendOn, graceDays } = given;
  const latest = dialect.rowNumber(
    [raw('e.assignment_id'), raw('b.touch')],
    [raw('b.checked_at DESC'), raw('b.batch_id DESC')],
  );
  return sql`INSERT INTO skips (experiment_id, assignment_id, customer_id, arm, touch, due_on, skipped_on, reason)
    WITH kept_back AS (
      SELECT assignment_id, touch, rule FROM (
        SELECT e.assignment_id, b.touch, e.rule, ${latest} AS place FROM exclusions e JOIN batches b ON b.batch_id = e.batch_id
        WHERE e.experiment_id = ${experimentId} AND e.decides
      ) r WHERE place = 1
    )
    SELECT ${experimentId}, d.assignment_id, d.customer_id, d.arm, d.touch, d.due_on, ${dialect.date(sendOn)}, coalesce(k.rule, 'no_run')
    FROM ${nextTouches(dialect, given)} d LEFT JOIN kept_back k ON k.assignment_id = d.assignment_id AND k.touch = d.touch
    WHERE ${dialect.cast(dialect.addDays(raw('d.due_on'), graceDays), 'date')} < ${dialect.date(sendOn)}`;
};

/** Why a touch never went out, where no contact rule did it. */
export const skipTitles: Record<string, Text> = {
  no_run: {
    es: 'su día pasó sin que el experimento corriera',
    en: 'its day passed without the experiment running',
  },
};
