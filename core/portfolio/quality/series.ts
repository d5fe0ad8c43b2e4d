import { raw } from '../../sql/sql.ts';
import { stability } from '../../stats/psi.ts';
import type { BinHead } from './bins.ts';
import type { JudgedProbe } from './check.ts';
import { compare, excessOf, falseAlarms, type Shift } from './drift.ts';

/** How a column is spread in each month. */
export interface Series {
  table: string;
  column: string;
  bins: BinHead[];
  /** Counts by bin, in the order of `bins`. */
  months: { month: string; counts: number[] }[];
  sql: string;
}

/** Rows of bins by side as the engine gives them, as one list of counts for each side, in order. */
export function countsBySide(
  rows: readonly { side: string | number; bin: number; n: number }[],
  bins: number,
): Map<string, number[]> {
  const sides = new Map<string, number[]>();
  for (const { side, bin, n } of rows) {
    const counts = sides.get(String(side)) ?? new Array<number>(bins).fill(0);
    counts[bin] = n;
    sides.set(String(side), counts);
  }
  return sides;
}

/** Each month against the one before it. */
export const monthShifts = (series: Series, comparisons: number): Shift[] =>
  series.months.slice(1).map((month, i) => {
    const earlier = series.months[i]!;
    const { table, column, sql } = series;
    const sides = {
      table,
      column,
      sql,
      between: 'months' as const,
      before: earlier.month,
      after: month.month,
    };
    return compare(sides, series.bins, earlier.counts, month.counts, comparisons);
  });

/** The pair of months that differs most beyond chance. */
export const worstOf = (shifts: readonly Shift[]): Shift | undefined =>
  [...shifts].sort((a, b) => excessOf(b) - excessOf(a) || a.after.localeCompare(b.after))[0];

/** A code nearly absent on one side of a month and common on the other. */
export interface SuddenCode {
  bin: BinHead;
  month: string;
  appears: boolean;
  /** Largest share it had in the months before when it appears, smallest when it vanishes; share in the month. */
  before: number;
  after: number;
  /** Rows of the code in the month, or missing from it. */
  rows: number;
  monthRows: number;
  isLast: boolean;
}

const absentBelow = 0.005;
const commonFrom = 0.03;
const sum = (counts: readonly number[]): number => counts.reduce((all, n) => all + n, 0);

/**
 * Codes (and absence of a value) that appear or vanish from one month to the next: under 0.5 % on one side and at
 * least 3 % on the other, beyond chance at 1 % over `comparisons`. One that appears was rare in every month before it;
 * one that vanishes was common in each of the two before. Such a break is most often a change of coding.
 */
export function suddenCodes(series: Series, comparisons: number): SuddenCode[] {
  const found: SuddenCode[] = [];
  series.bins.forEach((bin, b) => {
    if (bin.kind === 'range' || bin.kind === 'other' || bin.kind === 'zero') return;
    for (let i = 1; i < series.months.length; i++) {
      const sudden = breakAt(series, b, i, comparisons);
      if (sudden) found.push({ bin, ...sudden });
    }
  });
  return found;
}

function breakAt(
  { months }: Series,
  bin: number,
  at: number,
  comparisons: number,
): Omit<SuddenCode, 'bin'> | undefined {
  const share = ({ counts }: Series['months'][number]) => (counts[bin] ?? 0) / Math.max(1, sum(counts));
  const now = months[at]!;
  const after = share(now);
  const earlier = months.slice(0, at).map(share);
  const highest = Math.max(...earlier);
  const lowest = Math.min(...earlier.slice(-2));
  const appears = after >= commonFrom && highest < absentBelow;
  const vanishes = after < absentBelow && lowest >= commonFrom && earlier.length >= 2;
  if (!appears && !vanishes) return undefined;
  const split = ({ counts }: Series['months'][number]) => [
    counts[bin] ?? 0,
    sum(counts) - (counts[bin] ?? 0),
  ];
  const { p } = stability(split(months[at - 1]!), split(now));
  if (p === null || p > falseAlarms / Math.max(1, comparisons)) return undefined;
  const monthRows = sum(now.counts);
  const before = appears ? highest : lowest;
  return {
    month: now.month,
    appears,
    before,
    after,
    rows: Math.round(Math.abs(after - before) * monthRows),
    monthRows,
    isLast: at === months.length - 1,
  };
}

/** One probe that passed, where something was compared; none where nothing was. */
export const nothingFound = (compared: readonly { table: string; sql: string }[]): JudgedProbe[] =>
  compared.slice(0, 1).map(({ table, sql }) => ({
    table,
    column: null,
    severity: 'remark' as const,
    affected: 0,
    lookedAt: compared.length,
    statement: raw(sql),
  }));
