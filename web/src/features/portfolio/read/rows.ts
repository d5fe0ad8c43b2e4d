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
