import { describe, expect, it } from 'vitest';
import type { BinHead } from '#core/portfolio/quality/bins.ts';
import { compare, mostMoved, rowsMoved } from '#core/portfolio/quality/drift.ts';
import { absentMonths } from '#core/portfolio/quality/months.ts';
import {
  countsBySide,
  monthShifts,
  type Series,
  suddenCodes,
  worstOf,
} from '#core/portfolio/quality/series.ts';

const head = (label: string): BinHead => ({ kind: 'code', label, from: null, to: null });
const heads = ['a', 'b', 'c', 'd'].map(head);
const sides = {
  table: 'accounts',
  column: 'status',
  between: 'loads' as const,
  before: '1',
  after: '2',
  sql: '',
};
const shift = (before: number[], after: number[], comparisons = 1) =>
  compare(sides, heads, before, after, comparisons);

const series = (...months: number[][]): Series => ({
  table: 'snapshots',
  column: 'status',
  bins: heads,
  months: months.map((counts, i) => ({ month: `2026-0${i + 1}-01`, counts })),
  sql: '',
});

describe('two sides', () => {
  it.each([
    ['stable', [250, 250, 250, 250], [250, 250, 250, 250]],
    ['stable', [5, 5, 5, 5], [1, 8, 3, 8]],
    ['stable', [250_000, 250_000, 250_000, 250_000], [252_000, 248_000, 250_000, 250_000]],
    ['moved', [250, 250, 250, 250], [370, 130, 250, 250]],
    ['changed', [400, 300, 200, 100], [100, 200, 300, 400]],
  ])('are %s from %j to %j', (level, before, after) => {
    expect(shift(before, after).level).toBe(level);
  });

  it('what chance explains is not named, however large; what it does not is, only when it is large', () => {
    const few = shift([5, 5, 5, 5], [1, 8, 3, 8]);
    expect(few.psi).toBeGreaterThan(0.25);
    expect(few.psi).toBeLessThan(few.limit!);
    const many = shift([250_000, 250_000, 250_000, 250_000], [252_000, 248_000, 250_000, 250_000]);
    expect(many.psi).toBeGreaterThan(many.limit!);
    expect(many.level).toBe('stable');
  });

  it('more comparisons ask for more', () => {
    expect(shift([250, 250, 0, 0], [300, 200, 0, 0], 100).limit).toBeGreaterThan(
      shift([250, 250, 0, 0], [300, 200, 0, 0], 1).limit!,
    );
  });

  it('names the bin that moved most, and how many rows would have to move back', () => {
    const found = shift([500, 500, 0, 0], [380, 500, 120, 0]);
    expect(rowsMoved(found)).toBe(120);
    expect(['a', 'c']).toContain(mostMoved(found)?.label);
    expect(found.bins.map(({ label }) => label)).toEqual(['a', 'b', 'c']);
  });
});

describe('months', () => {
  it('are each compared with the one before, and the worst pair found', () => {
    const shifts = monthShifts(
      series([500, 500, 0, 0], [500, 500, 0, 0], [100, 900, 0, 0], [120, 880, 0, 0]),
      3,
    );
    expect(shifts.map(({ level }) => level)).toEqual(['stable', 'changed', 'stable']);
    expect(worstOf(shifts)).toMatchObject({ before: '2026-02-01', after: '2026-03-01' });
    expect(worstOf([])).toBeUndefined();
  });

  it('a code that appears is told, with the month, once; whether it stays or goes', () => {
    const found = suddenCodes(
      series([600, 400, 0, 0], [600, 399, 1, 0], [500, 400, 100, 0], [500, 400, 100, 0]),
      1,
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      bin: { label: 'c' },
      month: '2026-03-01',
      appears: true,
      before: 0.001,
      after: 0.1,
      rows: 99,
      isLast: false,
    });
  });

  it('one that vanishes is told, where it was common in both months before', () => {
    const found = suddenCodes(series([500, 400, 100, 0], [500, 400, 100, 0], [600, 400, 0, 0]), 1);
    expect(found).toEqual([expect.objectContaining({ appears: false, month: '2026-03-01', isLast: true })]);
    expect(suddenCodes(series([500, 400, 100, 0], [600, 400, 0, 0]), 1)).toEqual([]);
  });

  it('few rows, slow growth and a code that was always there are no break', () => {
    expect(suddenCodes(series([20, 10, 0, 0], [18, 11, 1, 0]), 1)).toEqual([]);
    expect(suddenCodes(series([990, 0, 10, 0], [975, 0, 25, 0], [950, 0, 50, 0]), 1)).toEqual([]);
  });

  it.each([
    [
      ['2025-11-01', '2026-02-01'],
      ['2025-12-01', '2026-01-01'],
    ],
    [['2025-12-01', '2026-01-01'], []],
    [[], []],
    [['2026-01-01'], []],
  ])('between %j are missing %j', (there, absent) => {
    expect(absentMonths(there)).toEqual(absent);
  });
});

it('counts arrive by side and bin, in the order of the sides', () => {
  const sides = countsBySide(
    [
      { side: '2026-01-01', bin: 0, n: 2 },
      { side: '2026-01-01', bin: 2, n: 5 },
      { side: '2026-02-01', bin: 1, n: 7 },
    ],
    3,
  );
  expect([...sides]).toEqual([
    ['2026-01-01', [2, 0, 5]],
    ['2026-02-01', [0, 7, 0]],
  ]);
});
