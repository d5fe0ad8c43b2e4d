import type { Calendar, DecisionDate } from '../question.ts';
import type { SelfCureParameters } from './parameters.ts';

const dayOf = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

/** Snapshots ahead that a horizon stands for where the data is monthly. */
export const monthsAhead = (days: number): number => Math.max(1, Math.round(days / 30));

/**
 * The last date that settles what happened within `days` of `asOf`, or null when the data stops too soon. Monthly
 * data counts snapshots: 30 days are the next one, whether the month has 28 days or 31.
 */
export function horizonEnd(asOf: string, days: number, { dates, observed }: Calendar): string | null {
  const start = dayOf(asOf);
  const monthly = observed === 'monthly';
  const longest = monthly ? 31 * monthsAhead(days) : days;
  const shortest = monthly ? 28 * monthsAhead(days) : days;
  const last = dates.at(-1);
  if (last === undefined || dayOf(last) < start + shortest) return null;
  return dates.findLast((date) => dayOf(date) > start && dayOf(date) <= start + longest) ?? null;
}

/** Dates with their whole outcome, staying cured included, inside the data. */
export function decisionDates(parameters: SelfCureParameters, calendar: Calendar): DecisionDate[] {
  return calendar.dates.flatMap((asOf) => {
    const end = horizonEnd(asOf, parameters.horizonDays, calendar);
    if (!end) return [];
    const stayed = parameters.sustainedDays > 0 ? horizonEnd(end, parameters.sustainedDays, calendar) : end;
    return stayed ? [{ asOf, horizonEnd: end, labelEnd: stayed }] : [];
  });
}
