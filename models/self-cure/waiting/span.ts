import type { DecisionDate } from '../../question.ts';

export const yearDays = 366;

/** The dates of the year that ends with the newest. */
export function lastYear(dates: readonly DecisionDate[]): DecisionDate[] {
  const newest = dates.at(-1);
  if (!newest) return [];
  const since = Date.parse(newest.asOf) - yearDays * 86_400_000;
  return dates.filter(({ asOf }) => Date.parse(asOf) > since);
}
