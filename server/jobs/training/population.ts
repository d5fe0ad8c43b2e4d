import { DomainError } from '#core/errors/domain-error.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { PopulationCounts } from '#models/card.ts';
import type { Identified, Question } from '#models/question.ts';
import {
  type CodeShare,
  type PeriodRate,
  refuseCodeJumps,
  refuseDrift,
} from '#models/training/guard/drift.ts';
import { countPopulation } from '#models/training-set.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Dates } from './plan.ts';

/** What the data on the dates chosen allows the target to be called; without a ladder, what the question says. */
export async function identify(
  engine: Engine,
  question: Question,
  parameters: unknown,
  { chosen }: Pick<Dates, 'chosen'>,
): Promise<Identified> {
  if (!question.identify) return { ladder: [], identification: question.identification, warnings: [] };
  return question.identify((statement) => engine.rows(statement), engine.dialect, parameters, chosen);
}

/** Rows by date, exclusion and outcome on every known date up to the last one chosen. */
export async function readPopulation(
  engine: Engine,
  question: Question,
  parameters: unknown,
  { known }: Dates,
  identified?: Identified,
): Promise<PopulationCounts[]> {
  const rows = await engine.rows<Omit<PopulationCounts, 'asOf'> & { as_of: string }>(
    countPopulation(engine.dialect, { question, parameters, dates: known, identified }),
  );
  return rows.map(({ as_of, ...rest }) => ({ ...rest, asOf: as_of }));
}

/** Accounts at risk with a known outcome on each date, whether or not the question is identified by them. */
export function ratesOf(counts: readonly PopulationCounts[]): PeriodRate[] {
  const rates = new Map<string, PeriodRate>();
  for (const { asOf, events, n } of counts) {
    if (events === null) continue;
    const rate = rates.get(asOf) ?? { asOf, n: 0, events: 0 };
    rate.n += n;
    rate.events += events;
    rates.set(asOf, rate);
  }
  return [...rates.values()].sort((a, b) => (a.asOf < b.asOf ? -1 : 1));
}

/** Rows there will be to train and test on. */
export const rowsAtHand = (counts: readonly PopulationCounts[], asOf: readonly string[]): number =>
  counts
    .filter((row) => asOf.includes(row.asOf) && row.events !== null && !row.outside)
    .reduce((sum, { n }) => sum + n, 0);

const statusShares = (first: string, last: string): Sql => sql`SELECT s.as_of AS "asOf", s.status AS code,
  CAST(count(*) AS DOUBLE) / max(t.accounts) AS share
FROM current_snapshots s
JOIN (SELECT as_of, count(*) AS accounts FROM current_snapshots GROUP BY as_of) t ON t.as_of = s.as_of
WHERE s.status IS NOT NULL AND s.as_of BETWEEN CAST(${first} AS DATE) AND CAST(${last} AS DATE)
GROUP BY s.as_of, s.status ORDER BY s.as_of, s.status`;

/**
 * Stops before anything is fitted where the dates cannot be learned from together.
 *
 * @throws nobody_at_risk, leak_status_code, target_drift
 */
export async function guardPopulation(
  engine: Engine,
  dates: Dates,
  counts: readonly PopulationCounts[],
  model: string,
): Promise<void> {
  const chosen = new Set(dates.chosen.map(({ asOf }) => asOf));
  const rates = ratesOf(counts);
  if (rowsAtHand(counts, [...chosen]) === 0)
    throw new DomainError('nobody_at_risk', { model, asOf: [...chosen].join(', ') });
  const first = dates.chosen[0]!.asOf;
  const last = dates.chosen
    .map(({ labelEnd }) => labelEnd)
    .sort()
    .at(-1)!;
  refuseCodeJumps(await engine.rows<CodeShare>(statusShares(first, last)));
  const whole = new Set(dates.known.flatMap(({ asOf, censored }) => (censored ? [] : [asOf])));
  refuseDrift(
    rates.filter(({ asOf }) => whole.has(asOf)),
    chosen,
  );
}
