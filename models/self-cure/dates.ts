import type { Calendar, DecisionDate } from '../question.ts';
import type { SelfCureParameters } from './parameters.ts';

const dayOf = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

/** Snapshots ahead that a horizon stands for where the data is monthly. */
export const monthsAhead = (days: number): number => Math.max(1, Math.round(days / 30));

const isoOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

/**
 * The date by which what happened within `days` of `asOf` is settled, or null when the data stops too soon. Monthly
 * data counts snapshots: 30 days are the next one, whether the month has 28 days or 31.
 */
export function horizonEnd(asOf: string, days: number, { dates, observed }: Calendar): string | null {
  const start = dayOf(asOf);
  const last = dates.at(-1);
  if (observed !== 'monthly')
    return last !== undefined && start + days <= dayOf(last) ? isoOf(start + days) : null;
  const months = monthsAhead(days);
  if (last === undefined || dayOf(last) < start + 28 * months) return null;
  return dates.findLast((date) => dayOf(date) > start && dayOf(date) <= start + 31 * months) ?? null;
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
