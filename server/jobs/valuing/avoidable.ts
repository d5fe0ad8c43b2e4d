import type { Avoidable } from '#core/contract/models/risk.ts';
import { raw, sql } from '#core/sql/sql.ts';
import { scoreInterval } from '#core/stats/score-difference.ts';
import type { Question } from '#models/question.ts';
import type { Engine } from '../../engine/engine.ts';
import { readCalendar } from '../../store/portfolio/calendar.ts';

/** Charge-offs either side needs for the difference to be more than an accident. */
const leastEvents = 10;

interface Side {
  held: boolean;
  n: number;
  events: number;
}

/**
 * P(charge-off | left alone) − P(charge-off | worked), from people left aside by lottery: those late 1 to 29 days on a date
 * with its whole horizon, held out on it or not. Each account counts once, on its first such date. Without a lottery
 * there is no such figure: whom one chose to call is not whom one did not.
 */
export async function avoidableValue<P>(
  engine: Engine,
  question: Question<P>,
  parameters: P,
): Promise<Avoidable> {
  const nothing = { held: null, others: null, difference: null };
  const lottery = await engine.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM current_holdouts WHERE kind = 'no_contact'`,
  );
  if (!lottery || lottery.n === 0) return { state: 'no_contrast', ...nothing };
  const calendar = await readCalendar(engine);
  const dates = question.decisionDates(parameters, calendar).filter(({ censored }) => !censored);
  if (dates.length === 0) return { state: 'no_contrast', ...nothing };
  const asOf = dates.map((date) => date.asOf);
  const { dialect } = engine;
  const sides =
    await engine.rows<Side>(sql`WITH late AS (SELECT c.*, ${dialect.rowNumber([sql`c.account_id`], [sql`c.as_of`])} AS place
    FROM (${question.candidates(dialect, parameters, asOf)}) c WHERE c.excluded IS NULL AND c.days_past_due BETWEEN 1 AND 29),
at_risk AS (SELECT l.account_id, l.customer_id, l.as_of FROM late l WHERE l.place = 1),
outcomes AS (${question.outcomes(dialect, parameters, raw('at_risk'), dates)})
SELECT EXISTS (SELECT 1 FROM current_holdouts h WHERE h.customer_id = r.customer_id AND h.kind = 'no_contact'
    AND h.started_on <= r.as_of AND (h.ended_on IS NULL OR h.ended_on > r.as_of)) AS held,
  ${dialect.countIf(raw('true'))} AS n, ${dialect.countIf(sql`o.target = 1`)} AS events
FROM at_risk r JOIN outcomes o ON o.account_id = r.account_id AND o.as_of = r.as_of WHERE o.target IS NOT NULL GROUP BY held ORDER BY held`);
  const side = (held: boolean) => {
    const found = sides.find((one) => one.held === held);
    return { n: found?.n ?? 0, events: found?.events ?? 0 };
  };
  const [held, others] = [side(true), side(false)];
  if (held.n === 0 || others.n === 0) return { state: 'no_contrast', ...nothing };
  if (held.events + others.events < leastEvents || held.events === 0)
    return { state: 'no_events', held, others, difference: null };
  const [lower, upper] = scoreInterval(others, held, 0.05);
  const estimate = held.events / held.n - others.events / others.n;
  return {
    state: lower > 0 || upper < 0 ? 'told_apart' : 'not_told_apart',
    held,
    others,
    difference: { estimate, lower, upper },
  };
}
