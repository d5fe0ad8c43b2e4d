import type { DateStyle } from '../../recipe.ts';
import type { SourceColumn } from './column-profile.ts';

export type Shape =
  | 'empty'
  | 'date'
  | 'period'
  | 'whole'
  | 'number'
  | 'yes or no'
  | 'email'
  | 'phone'
  | 'text';

/** What the values of a column look like. */
export interface Look {
  shape: Shape;
  /** Styles its dates can be read in, most likely first; two of them when days and months cannot be told apart. */
  dates: readonly DateStyle[];
  /** Decimal mark its numbers can be read with; null when either will do. */
  decimal: '.' | ',' | null;
  /** Words that seem to stand for nothing: `N/A`, `NULL`, `-`. */
  empty: readonly string[];
  minimum: number | null;
  maximum: number | null;
  median: number | null;
  /** Every row holds a value and no two are equal. */
  unique: boolean;
}

const nothing = new Set([
  'n/a',
  'na',
  'null',
  '-',
  '--',
  'nan',
  'none',
  'n.a.',
  '#n/a',
  's/d',
  'nd',
  'sin dato',
  '.',
  '?',
]);
const yesOrNo = new Set('true false t f yes no y n si sí s verdadero falso v 1 0'.split(' '));
const clock = '(?:[T ]\\d{1,2}:\\d{2}.*)?';
const iso = new RegExp(`^(\\d{4})-(\\d{1,2})-(\\d{1,2})${clock}$`);
const slashed = new RegExp(`^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})${clock}$`);
const compact = new RegExp(`^((?:19|20)\\d{2})(\\d{2})(\\d{2})${clock}$`);
const period = /^((19|20)\d{2})[-/]?(0[1-9]|1[0-2])$/;
const dotNumber = /^[+-]?(\d+|\d{1,3}(,\d{3})+)?(\.\d*)?([eE][+-]?\d+)?$/;
const commaNumber = /^[+-]?(\d+|\d{1,3}(\.\d{3})+)?(,\d*)?([eE][+-]?\d+)?$/;
const email = /^[^@\s]+@[^@\s]+\.[A-Za-z]{2,}$/;
const phone = /^\+[\d ()-]{7,20}$/;

/** Share of the values that must agree before a column is said to be of a shape. */
const agreed = 0.95;

const isDay = (year: string | undefined, month: string | undefined, day: string | undefined): boolean =>
  Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31 && Number(year) > 0;

/** The styles a text can be read in as a date. */
function dateStylesOf(text: string): DateStyle[] {
  const asIso = iso.exec(text);
  if (asIso) return isDay(asIso[1], asIso[2], asIso[3]) ? ['iso'] : [];
  const asCompact = compact.exec(text);
  if (asCompact) return isDay(asCompact[1], asCompact[2], asCompact[3]) ? ['compact'] : [];
  const parts = slashed.exec(text);
  if (!parts) return [];
  const [, first, second, year] = parts;
  return [
    ...(isDay(year, second, first) ? (['dmy'] as const) : []),
    ...(isDay(year, first, second) ? (['mdy'] as const) : []),
  ];
}

export function readNumber(text: string, decimal: '.' | ','): number | null {
  if (!/\d/.test(text) || !(decimal === '.' ? dotNumber : commaNumber).test(text)) return null;
  const plain = decimal === '.' ? text.replaceAll(',', '') : text.replaceAll('.', '').replace(',', '.');
  return Number(plain);
}

const median = (sorted: readonly number[]): number | null =>
  sorted.length ? (sorted[Math.floor(sorted.length / 2)] ?? null) : null;

/** Reads the values of a column for what they look like. Words that mean nothing are set apart first. */
export function lookAt(column: SourceColumn): Look {
  const trimmed = column.values.map(({ value, count }) => ({ value: value.trim(), count }));
  const empty = trimmed.map(({ value }) => value).filter((value) => nothing.has(value.toLowerCase()));
  const said = trimmed.filter(({ value }) => value !== '' && !nothing.has(value.toLowerCase()));
  const all = said.reduce((sum, { count }) => sum + count, 0);
  const share = (fits: (value: string) => boolean): number =>
    all === 0 ? 0 : said.reduce((sum, { value, count }) => sum + (fits(value) ? count : 0), 0) / all;
  const base: Look = {
    shape: 'text',
    dates: [],
    decimal: null,
    empty,
    minimum: null,
    maximum: null,
    median: null,
    unique: column.rows > 0 && column.filled === column.rows && column.distinct === column.rows,
  };
  if (all === 0) return { ...base, shape: 'empty' };
  if (column.type === 'date' || column.type === 'timestamp')
    return { ...base, shape: 'date', dates: ['iso'] };
  if (column.type === 'boolean') return { ...base, shape: 'yes or no' };
  const styles = (['iso', 'compact', 'dmy', 'mdy'] as const).filter(
    (style) => share((value) => dateStylesOf(value).includes(style)) >= agreed,
  );
  if (styles.length) return { ...base, shape: 'date', dates: settle(styles, said) };
  if (share((value) => period.test(value)) >= agreed) return { ...base, shape: 'period' };
  if (share((value) => email.test(value)) >= agreed) return { ...base, shape: 'email' };
  if (share((value) => phone.test(value)) >= agreed) return { ...base, shape: 'phone' };
  const numeric = numbersOf(said, share);
  if (said.length <= 2 && share((value) => yesOrNo.has(value.toLowerCase())) === 1)
    return { ...base, ...numeric, shape: 'yes or no' };
  return numeric ? { ...base, ...numeric } : base;
}

/** Of the two orders of day and month, that in which fewer values break; both when none tells. */
function settle(styles: readonly DateStyle[], said: readonly { value: string }[]): DateStyle[] {
  if (!(styles.includes('dmy') && styles.includes('mdy'))) return [...styles];
  const broken = (style: DateStyle) =>
    said.filter(({ value }) => !dateStylesOf(value).includes(style)).length;
  const [dmy, mdy] = [broken('dmy'), broken('mdy')];
  if (dmy === mdy) return ['dmy', 'mdy'];
  return dmy < mdy ? ['dmy'] : ['mdy'];
}

function numbersOf(
  said: readonly { value: string; count: number }[],
  share: (fits: (value: string) => boolean) => number,
): Partial<Look> | null {
  const dots = share((value) => readNumber(value, '.') !== null);
  const commas = share((value) => readNumber(value, ',') !== null);
  if (Math.max(dots, commas) < agreed) return null;
  const undecided = said.every(({ value }) => /^[+-]?\d+$/.test(value));
  const decimal = undecided ? null : dots === commas ? markBySight(said) : dots > commas ? '.' : ',';
  const values = said
    .map(({ value }) => readNumber(value, decimal ?? '.'))
    .filter((value): value is number => value !== null)
    .sort((a, b) => a - b);
  return {
    shape: values.every(Number.isInteger) && decimal === null ? 'whole' : 'number',
    decimal,
    minimum: values[0] ?? null,
    maximum: values.at(-1) ?? null,
    median: median(values),
  };
}

/** `1.234` can be read both ways: a mark that is not always followed by three digits is the decimal one. */
function markBySight(said: readonly { value: string }[]): '.' | ',' | null {
  const decimals = (mark: '.' | ',') =>
    said.some(({ value }) => {
      const tail = value.split(mark);
      return tail.length === 2 && tail[1] !== undefined && tail[1].length !== 3;
    });
  if (decimals('.')) return '.';
  if (decimals(',')) return ',';
  return null;
}
