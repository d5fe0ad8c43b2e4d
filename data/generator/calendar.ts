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

/** One day of the simulated clock. */
export interface Day {
  date: string;
  /** Day of the month. */
  of: number;
  month: Month;
  /** Days since 1970-01-01, the name of the day in draws. */
  number: number;
}

const dayMs = 86_400_000;

/** The days after a date, in order, in months that go on from those of a sample of `months` months. */
export function daysAfter(date: string, days: number, months: number): Day[] {
  const known = monthsOf(months).at(-1)!;
  return Array.from({ length: days }, (_, i) => {
    const at = new Date(Date.parse(date) + (i + 1) * dayMs);
    const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
    const [lastYear, lastMonth] = known.start.split('-').map(Number) as [number, number];
    const end = iso(year, month + 1, 0);
    return {
      date: at.toISOString().slice(0, 10),
      of: at.getUTCDate(),
      number: Math.round(at.getTime() / dayMs),
      month: {
        index: known.index + (year - lastYear) * 12 + month + 1 - lastMonth,
        start: iso(year, month, 1),
        end,
        days: Number(end.slice(8)),
        ofYear: month + 1,
        written: true,
      },
    };
  });
}

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
