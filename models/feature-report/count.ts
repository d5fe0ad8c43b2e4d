import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { raw, type Sql, sql } from '#core/sql/sql.ts';
import type { DecisionDate, Question } from '../question.ts';

/** How many accounts at risk on the dates have a known outcome, as `n`. */
export function countKnown<P>(
  dialect: Dialect,
  { question, parameters, dates }: { question: Question<P>; parameters: P; dates: readonly DecisionDate[] },
): Sql {
  const asOf = dates.map((date) => date.asOf);
  return sql`WITH candidates AS (${question.candidates(dialect, parameters, asOf)}),
at_risk AS (SELECT account_id, customer_id, as_of FROM candidates WHERE excluded IS NULL)
SELECT ${dialect.countIf(sql`o.target IS NOT NULL`)} AS n FROM (${question.outcomes(dialect, parameters, raw('at_risk'), dates)}) o`;
}
