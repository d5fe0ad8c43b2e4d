import type { KpiRow } from '#core/portfolio/kpi.ts';

/** A number of a row, or null. */
export const numberOf = (row: KpiRow | undefined, name: string): number | null => {
  const value = row?.[name];
  return value === null || value === undefined ? null : Number(value);
};

export const textOf = (row: KpiRow | undefined, name: string): string => String(row?.[name] ?? '');

/** The values of a column, each once, in the order they first appear; null aside. */
export const distinct = (rows: readonly KpiRow[], name: string): string[] => [
  ...new Set(
    rows.flatMap((row) => (row[name] === null || row[name] === undefined ? [] : [String(row[name])])),
  ),
];

/** Rows by the value of a column, in the order of its first appearance; null aside. */
export const groupsOf = (rows: readonly KpiRow[], name: string): { key: string; rows: KpiRow[] }[] =>
  distinct(rows, name).map((key) => ({ key, rows: rows.filter((row) => String(row[name]) === key) }));

const late = ['1-29', '30-59', '60-89', '90-119', '120-179', '180+'];
const fewest = 100;

/** The late bucket a sentence speaks of: the first one, or where it holds few accounts, the one that holds most. */
export function spokenBucket(sizes: readonly { bucket: string; accounts: number }[]): string | undefined {
  const known = sizes.filter(({ bucket }) => late.includes(bucket));
  const first = known.find(({ bucket }) => bucket === '1-29');
  if (first && first.accounts >= fewest) return first.bucket;
  return [...known].sort((a, b) => b.accounts - a.accounts)[0]?.bucket;
}

/** The bucket after one, on the way to charge-off. */
export const nextBucket = (bucket: string): string => late[late.indexOf(bucket) + 1] ?? 'charged_off';
