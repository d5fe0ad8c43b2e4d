import type { Dialect } from '../../../sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '../../../sql/sql.ts';
import type { Metric } from '../../metric.ts';

export interface HarmCountInput {
  /** Relation with customer_id, arm and entered_on: one row a person. */
  people: Sql;
  metric: Metric;
  horizonDays: number;
  /** Last day that is counted; what became known after it is not looked at. */
  day: string;
}

/** By arm and day of entering (cohort): people entered by a day and how many of them had been harmed by then. */
export function harmCountsSql(dialect: Dialect, { people, metric, horizonDays, day }: HarmCountInput): Sql {
  const entered = sql`SELECT * FROM (${people}) e WHERE e.entered_on <= ${dialect.date(day)}`;
  return sql`SELECT p.arm, p.entered_on AS cohort, ${dialect.countIf(raw('true'))} AS people, ${dialect.countIf(raw('o.y > 0'))} AS events
    FROM (${entered}) p LEFT JOIN (${metric.outcomes(dialect, { people: entered, horizonDays, asOf: day })}) o ON o.customer_id = p.customer_id
    GROUP BY p.arm, p.entered_on ORDER BY p.entered_on, p.arm`;
}
