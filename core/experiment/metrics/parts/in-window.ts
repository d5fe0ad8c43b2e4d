import type { Dialect } from '../../../sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '../../../sql/sql.ts';
import type { OutcomeWindow } from '../../metric.ts';

/** First instant after the window of a person `p`: the day after its last, or after the last day that is known. */
export function windowEnd(dialect: Dialect, { horizonDays, asOf }: OutcomeWindow): Sql {
  const last = dialect.cast(dialect.addDays(raw('p.entered_on'), horizonDays + 1), 'date');
  return sql`least(${last}, ${dialect.cast(dialect.addDays(dialect.date(asOf), 1), 'date')})`;
}

/** Whether an instant lies in the window of a person `p`; `known`: when it became known, by then too. */
export function within(dialect: Dialect, asked: OutcomeWindow, instant: Sql, known?: Sql): Sql {
  const end = windowEnd(dialect, asked);
  const during = sql`${instant} >= p.entered_on AND ${instant} < ${end}`;
  if (!known) return during;
  const heard = sql`coalesce(${known}, ${instant})`;
  return sql`${during} AND ${heard} < ${dialect.addDays(dialect.date(asked.asOf), 1)}`;
}

/** People of whom any row of `rows`, seen as `e` beside the person `p`, meets the condition: 1 each. */
export const anyEvent = (rows: Sql, { people }: OutcomeWindow, condition: Sql): Sql =>
  sql`SELECT p.customer_id, CAST(1 AS DOUBLE) AS y
    FROM (${people}) p JOIN ${rows} e ON e.customer_id = p.customer_id
    WHERE ${condition} GROUP BY p.customer_id`;
