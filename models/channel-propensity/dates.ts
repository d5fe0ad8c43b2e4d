import type { Calendar, DecisionDate } from '../question.ts';
import type { ChannelParameters } from './parameters.ts';

const dayMs = 86_400_000;
const leastDays = 28;

export const addDays = (iso: string, days: number): string =>
  new Date(Date.parse(`${iso}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
export const daysBetween = (start: string, end: string): number =>
  Math.round((Date.parse(end) - Date.parse(start)) / dayMs);

/** Snapshots at least four weeks apart, the first one included: decisions are those of the days from one to the next. */
function starts(dates: readonly string[]): string[] {
  const kept: string[] = [];
  for (const date of dates) {
    const before = kept.at(-1);
    if (before === undefined || daysBetween(before, date) >= leastDays) kept.push(date);
  }
  return kept;
}

/** Periods of decisions with the window of their last decision inside the data. */
export function decisionDates({ windowDays }: ChannelParameters, calendar: Calendar): DecisionDate[] {
  const last = calendar.dates.at(-1);
  if (last === undefined) return [];
  const every = starts(calendar.dates);
  return every.flatMap((asOf, i) => {
    const horizonEnd = every[i + 1] ?? last;
    if (daysBetween(asOf, horizonEnd) < windowDays) return [];
    const wished = addDays(horizonEnd, windowDays);
    return [{ asOf, horizonEnd, labelEnd: wished < last ? wished : last }];
  });
}

/** The last day of a period on which a decision has its whole window inside the data. */
export const lastDecisionDay = ({ horizonEnd, labelEnd }: DecisionDate, windowDays: number): string => {
  const settled = addDays(labelEnd, 1 - windowDays);
  return settled < horizonEnd ? settled : horizonEnd;
};
