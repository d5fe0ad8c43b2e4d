import type { RuleStatus } from './rule.ts';
import type { RuleUse } from './rule-set.ts';
import { addDays, dateMs, isoWeekday } from './wall-clock.ts';

/** Years for which the calendars are written out. */
export const firstYear = 2020;
export const lastYear = 2035;

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

/** A holiday clause with every date written out, from what happens each year. */
export function calendar(
  status: RuleStatus,
  source: string,
  ...yearly: readonly ((year: number) => string[])[]
): RuleUse {
  const dates = new Set<string>();
  for (let year = firstYear; year <= lastYear; year++)
    for (const days of yearly) for (const day of days(year)) dates.add(day);
  return {
    rule: 'holiday',
    parameters: { first: `${firstYear}-01-01`, last: `${lastYear}-12-31`, dates: [...dates].toSorted() },
    status,
    source,
  };
}
