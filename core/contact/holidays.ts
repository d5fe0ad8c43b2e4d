import type { Text } from '../text/text.ts';
import type { RuleStatus } from './rule.ts';
import type { RuleUse } from './rule-set.ts';
import { addDays, dateMs, isoWeekday } from './time/wall-clock.ts';

/** Years for which the calendars are written out. */
export const firstYear = 2020;
export const lastYear = 2035;

/** A day that comes back each year, by a rule; `regions` when it is not the whole country's. */
export interface Holiday {
  name: Text;
  on: (year: number) => string[];
  regions?: readonly string[];
}

export interface CalendarDay {
  date: string;
  name: Text;
  /** null for the whole country. */
  region: string | null;
}

/** The public holidays of a country, written out for the years covered. */
export interface Calendar {
  status: RuleStatus;
  source: string;
  /** Whether its days keep messages back. */
  blocks: boolean;
  days: readonly CalendarDay[];
}

export const holiday = (es: string, en: string, on: Holiday['on'], regions?: readonly string[]): Holiday => ({
  name: { es, en },
  on,
  ...(regions ? { regions } : {}),
});

const iso = (year: number, month: number, day: number): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

/** `mm-dd` of every year. */
export const fixed =
  (...days: string[]) =>
  (year: number): string[] =>
    days.map((day) => `${year}-${day}`);

/** Easter Sunday of the Gregorian calendar (anonymous algorithm, as in Meeus, Astronomical Algorithms, ch. 8). */
export function easter(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const e = b % 4;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30;
  const i = Math.floor(c / 4);
  const k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return iso(year, Math.floor(n / 31), (n % 31) + 1);
}

/** Days counted from Easter Sunday. */
export const fromEaster =
  (...offsets: number[]) =>
  (year: number): string[] =>
    offsets.map((offset) => addDays(easter(year), offset));

const weekday = (date: string): number => isoWeekday(dateMs(date));

/** The day itself when it is a Monday, else the next one. */
export const nextMonday = (date: string): string => addDays(date, (8 - weekday(date)) % 7);

/** Tuesday and Wednesday go back to Monday, Thursday and Friday on to the next. */
export function nearestMonday(date: string): string {
  const day = weekday(date);
  if (day === 2 || day === 3) return addDays(date, 1 - day);
  return day === 4 || day === 5 ? nextMonday(date) : date;
}

export const moved =
  (move: (date: string) => string, ...days: string[]) =>
  (year: number): string[] =>
    days.map((day) => move(`${year}-${day}`));

/** The nth Monday (1 to 5) of a month. */
export const nthMonday =
  (month: number, n: number) =>
  (year: number): string[] => [addDays(nextMonday(iso(year, month, 1)), 7 * (n - 1))];

/** Days that are holidays from a year on. */
export const since =
  (start: number, ...days: string[]) =>
  (year: number): string[] =>
    year >= start ? fixed(...days)(year) : [];

/** On a weekend, the Monday after; where that is taken, the next free day: as substitute days are given in Britain. */
export const substituted =
  (...days: string[]) =>
  (year: number): string[] => {
    const taken = new Set<string>();
    return days.map((day) => {
      let date = `${year}-${day}`;
      while (weekday(date) > 5 || taken.has(date)) date = addDays(date, 1);
      taken.add(date);
      return date;
    });
  };

/** The nth (1 to 4), or the last (0), weekday of a month. */
export const nthWeekday =
  (month: number, day: number, n: number) =>
  (year: number): string[] => {
    const first = n === 0 ? addDays(iso(year, month + 1, 1), -7) : iso(year, month, 1);
    return [addDays(first, ((day - weekday(first) + 7) % 7) + 7 * Math.max(0, n - 1))];
  };

/** The days of a list of holidays over the years covered, by date; a day of several names has the first. */
export function daysOf(holidays: readonly Holiday[]): CalendarDay[] {
  const days = new Map<string, CalendarDay>();
  for (let year = firstYear; year <= lastYear; year++)
    for (const { name, on, regions } of holidays)
      for (const date of on(year))
        for (const region of regions ?? [null])
          if (!days.has(`${date} ${region}`)) days.set(`${date} ${region}`, { date, name, region });
  return [...days.values()].toSorted((a, b) =>
    `${a.date} ${a.region ?? ''}` < `${b.date} ${b.region ?? ''}` ? -1 : 1,
  );
}

export const calendarOf = (
  status: RuleStatus,
  source: string,
  holidays: readonly Holiday[],
  blocks = true,
): Calendar => ({ status, source, blocks, days: daysOf(holidays) });

/** The holiday clause of a calendar for one region, or for the country where null. */
export const holidayUse = ({ status, source, days }: Calendar, region: string | null = null): RuleUse => ({
  rule: 'holiday',
  parameters: {
    first: `${firstYear}-01-01`,
    last: `${lastYear}-12-31`,
    dates: [
      ...new Set(days.filter((day) => day.region === null || day.region === region).map(({ date }) => date)),
    ].toSorted(),
  },
  status,
  source,
});
