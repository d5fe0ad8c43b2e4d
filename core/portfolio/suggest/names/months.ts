import { plainText } from './words.ts';

/** Columns of one meaning, one for each month: `PAY_0, PAY_2 …`, `saldo_ene_2025 …`, `mora_202501 …`. */
export interface WideGroup {
  /** What the names have in common. */
  stem: string;
  columns: readonly string[];
  /** Month of each, as 2025-01; null where the name only counts (`PAY_2`). */
  months: readonly (string | null)[];
}

const monthWords = [
  'ene enero jan january',
  'feb febrero february',
  'mar marzo march',
  'abr abril apr april',
  'may mayo',
  'jun junio june',
  'jul julio july',
  'ago agosto aug august',
  'sep sept set septiembre setiembre september',
  'oct octubre october',
  'nov noviembre november',
  'dic diciembre dec december',
].map((words) => words.split(' '));
const anyMonth = monthWords
  .flat()
  .sort((a, b) => b.length - a.length)
  .join('|');

const gap = '[-_ .]?';
const century = (year: string): string => (year.length === 2 ? `20${year}` : year);
const numbered = new RegExp(`^(.*?)${gap}((?:19|20)\\d{2})${gap}(0[1-9]|1[0-2])${gap}(.*)$`);
const worded = new RegExp(`^(.*?)(?:^|${gap})(${anyMonth})${gap}((?:20)?\\d{2})${gap}(.*)$`);
const yearFirst = new RegExp(`^(.*?)${gap}(20\\d{2})${gap}(${anyMonth})${gap}(.*)$`);
const counted = /^(.*?[a-z])[-_ .]?(\d{1,2})$/;

interface Marked {
  name: string;
  stem: string;
  month: string | null;
  order: number;
}

const monthOf = (word: string): number => monthWords.findIndex((words) => words.includes(word)) + 1;
const dated = (name: string, stem: string, year: string, month: number): Marked => ({
  name,
  stem: stem.replaceAll(/[-_ .]+/g, '_').replaceAll(/^_|_$/g, ''),
  month: `${century(year)}-${String(month).padStart(2, '0')}`,
  order: Number(century(year)) * 12 + month,
});

function read(name: string): Marked | null {
  const plain = plainText(name);
  const byNumber = numbered.exec(plain);
  if (byNumber) {
    const [, before = '', year = '', month = '', after = ''] = byNumber;
    return /\d/.test(after) ? null : dated(name, `${before}_${after}`, year, Number(month));
  }
  const first = yearFirst.exec(plain);
  if (first) {
    const [, before = '', year = '', word = '', after = ''] = first;
    return dated(name, `${before}_${after}`, year, monthOf(word));
  }
  const byWord = worded.exec(plain);
  if (byWord) {
    const [, before = '', word = '', year = '', after = ''] = byWord;
    return dated(name, `${before}_${after}`, year, monthOf(word));
  }
  const byCount = counted.exec(plain);
  return byCount ? { name, stem: byCount[1] ?? '', month: null, order: Number(byCount[2]) } : null;
}

const fewest = 3;

/** Groups of at least three columns that differ only in a month or a count, in the order of it. */
export function findWide(names: readonly string[]): WideGroup[] {
  const groups = new Map<string, Marked[]>();
  for (const marked of names.flatMap((name) => read(name) ?? [])) {
    const key = `${marked.stem} ${marked.month === null}`;
    groups.set(key, [...(groups.get(key) ?? []), marked]);
  }
  return [...groups.values()]
    .filter(
      (group) => group.length >= fewest && new Set(group.map(({ order }) => order)).size === group.length,
    )
    .map((group) => group.sort((a, b) => a.order - b.order))
    .map((group) => ({
      stem: group[0]?.stem ?? '',
      columns: group.map(({ name }) => name),
      months: group.map(({ month }) => month),
    }));
}

/** The groups that speak of the same months: the dated ones that share them, else those of the commonest length. */
export function sameMonths(groups: readonly WideGroup[]): WideGroup[] {
  const key = ({ months, columns }: WideGroup) =>
    months.every((month) => month !== null) ? months.join() : `#${columns.length}`;
  const counts = new Map<string, number>();
  for (const group of groups) counts.set(key(group), (counts.get(key(group)) ?? 0) + group.columns.length);
  const widest = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  return groups.filter((group) => key(group) === widest);
}

/** Last day of a month written 2025-01. */
export function lastDay(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, number ?? 1, 0)).toISOString().slice(0, 10);
}
