import { wilson } from '../../../stats/wilson.ts';
import type { KpiRow, KpiValue } from '../../kpi.ts';
import { stateNames } from './state.ts';
import { monthNumber } from './states.ts';

/** A number of a row; what is not known counts as nothing. */
export const amountOf = (row: KpiRow | undefined, name: string): number => Number(row?.[name] ?? 0);

export const total = (rows: readonly KpiRow[], name: string): number =>
  rows.reduce((sum, row) => sum + amountOf(row, name), 0);

/** Part of a whole; nothing of nothing has none. */
export const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** A share with its Wilson interval of 95 %. */
export function interval(events: number, of: number): { share: KpiValue; lower: KpiValue; upper: KpiValue } {
  const { estimate, lower, upper } = wilson(events, of);
  return { share: estimate, lower, upper };
}

const rank = (value: KpiValue | undefined): number => stateNames.indexOf(String(value));

/** Orders rows by columns: states by lateness, everything else as text, what is absent first. */
export const inOrder = (rows: readonly KpiRow[], by: readonly string[]): KpiRow[] =>
  [...rows].sort((a, b) => {
    for (const name of by) {
      const [one, other] = [a[name] ?? '', b[name] ?? ''];
      const found =
        rank(one) >= 0 && rank(other) >= 0
          ? rank(one) - rank(other)
          : typeof one === 'number' && typeof other === 'number'
            ? one - other
            : String(one) < String(other)
              ? -1
              : String(one) > String(other)
                ? 1
                : 0;
      if (found !== 0) return found;
    }
    return 0;
  });

/** Rows by the values of columns, in the order they are first seen. */
export function grouped(rows: readonly KpiRow[], by: readonly string[]): KpiRow[][] {
  const groups = new Map<string, KpiRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(by.map((name) => row[name] ?? null));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** The snapshot date so many months after a month, by its number; null when there is none. */
export const dateAfter = (dates: readonly string[], month: number, months: number): string | null =>
  dates.find((date) => monthNumber(date) === month + months) ?? null;

const cents = (value: KpiValue | undefined): bigint => BigInt(String(value ?? '0.00').replace('.', ''));

/** Exact sum of amounts, in hundredths. */
export const totalCents = (rows: readonly KpiRow[], name: string): bigint =>
  rows.reduce((sum, row) => sum + cents(row[name]), 0n);

/** Hundredths as decimal text. */
export function asMoney(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(3, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
