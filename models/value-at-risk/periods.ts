import type { Dialect } from '#core/sql/dialects/dialect.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Calendar, DecisionDate } from '../question.ts';
import type { ValueAtRiskParameters } from './parameters.ts';

/**
 * Periods are months of 30.4375 days (487/16), with three days of grace: month ends 28 to 31 days apart, and
 * first working days that wander, count as one month each.
 */
const graceDays = 3;
const [sixteenths, perMonth] = [16, 487];

const dayOf = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
const completed = (days: number, grace = graceDays): number =>
  Math.floor(((days + grace) * sixteenths) / perMonth);

/** Months of a horizon. */
export const horizonMonths = (days: number): number => Math.max(1, completed(days));

/** Whole months from a date to another. */
export const monthsSeen = (from: string, to: string): number => completed(dayOf(to) - dayOf(from));

/** The month, from 1, in which a day after `from` falls; months completed by then. */
export const monthOf = (dialect: Dialect, from: Sql, day: Sql): Sql =>
  sql`(${dialect.integerDivide(sql`(greatest(${dialect.daysBetween(from, day)}, 4) - 4) * 16`, sql`487`)} + 1)`;
export const monthsBy = (dialect: Dialect, from: Sql, day: Sql): Sql =>
  dialect.integerDivide(sql`(${dialect.daysBetween(from, day)} + 3) * 16`, sql`487`);

/**
 * Dates with an outcome. With `complete`, those whose whole horizon is in the data. With `censored`, later ones too,
 * as far as the data goes: they end with the last month seen, and only some of their outcomes are known. There must
 * be one whole date all the same: what happens in months that nobody ever saw is not made up.
 */
export function decisionDates(
  parameters: ValueAtRiskParameters,
  { dates, observed }: Calendar,
): DecisionDate[] {
  const months = horizonMonths(parameters.horizonDays);
  const grace = observed === 'monthly' ? graceDays : 0;
  const last = dates.at(-1);
  if (last === undefined) return [];
  const found = dates.flatMap((asOf) => {
    const start = dayOf(asOf);
    const seen = Math.min(months, completed(dayOf(last) - start, grace));
    const until = start + (seen * perMonth) / sixteenths + grace;
    const horizonEnd = dates.findLast((date) => dayOf(date) <= until && date > asOf);
    return seen > 0 && horizonEnd ? [{ asOf, horizonEnd, labelEnd: horizonEnd, seen }] : [];
  });
  const isWhole = ({ seen }: { seen: number }) => seen >= months;
  if (!found.some(isWhole)) return [];
  const asDate = ({ asOf, horizonEnd, labelEnd }: DecisionDate): DecisionDate => ({
    asOf,
    horizonEnd,
    labelEnd,
  });
  if (parameters.followUp === 'complete') return found.filter(isWhole).map(asDate);
  return found.map((date) => ({
    ...asDate({ ...date, labelEnd: last }),
    ...(isWhole(date) ? {} : { censored: true as const }),
  }));
}
