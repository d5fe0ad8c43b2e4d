import { model } from './model.ts';

export interface Month {
  /** 1 for the first month run, burn-in included. */
  index: number;
  /** Last day, ISO. */
  end: string;
  /** First day, ISO. */
  start: string;
  days: number;
  /** Month of the year, 1 to 12. */
  ofYear: number;
  written: boolean;
}

const iso = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10);

/** The months run, oldest first: the burn-in, then `months` that are written, the last one ending the data. */
export function monthsOf(months: number): Month[] {
  const [year, last] = model.lastMonthEnd.split('-').map(Number) as [number, number];
  const total = months + model.burnInMonths;
  return Array.from({ length: total }, (_, i) => {
    const month = last - total + i;
    const end = iso(year, month + 1, 0);
    return {
      index: i + 1,
      start: iso(year, month, 1),
      end,
      days: Number(end.slice(8)),
      ofYear: Number(end.slice(5, 7)),
      written: i >= model.burnInMonths,
    };
  });
}
