import { describe, expect, it } from 'vitest';
import { type SwapCell, swapSet } from '#models/scorecard/swap-set.ts';

/**
 * Ten people, the four with the highest score of each selected. Counted by hand: both choose p1 and p2; the version
 * alone p3 and p4; the other alone p5 and p6.
 */
const people = [
  { name: 'p1', bucket: '1-29', own: 0.95, other: 0.9, happened: 1 },
  { name: 'p2', bucket: '1-29', own: 0.9, other: 0.85, happened: 0 },
  { name: 'p3', bucket: '1-29', own: 0.85, other: 0.3, happened: 1 },
  { name: 'p4', bucket: '30-59', own: 0.8, other: 0.2, happened: 1 },
  { name: 'p5', bucket: '30-59', own: 0.5, other: 0.95, happened: 0 },
  { name: 'p6', bucket: '30-59', own: 0.4, other: 0.8, happened: 1 },
  { name: 'p7', bucket: '1-29', own: 0.3, other: 0.7, happened: 0 },
  { name: 'p8', bucket: '1-29', own: 0.2, other: 0.6, happened: 0 },
  { name: 'p9', bucket: null, own: 0.1, other: 0.5, happened: 0 },
  { name: 'p10', bucket: '30-59', own: 0.05, other: 0.4, happened: 1 },
] as const;
const labels = ['1-29', '30-59'];
const task = (share: number) => ({
  target: Float64Array.from(people, ({ happened }) => happened),
  own: Float64Array.from(people, ({ own }) => own),
  other: Float64Array.from(people, ({ other }) => other),
  parts: { codes: Int32Array.from(people, ({ bucket }) => (bucket ? labels.indexOf(bucket) : -1)), labels },
  share,
});
const counted = (cells: readonly SwapCell[], part: string) =>
  Object.fromEntries(
    cells.filter((cell) => cell.part === part).map(({ move, n, events }) => [move, [n, events]]),
  );

describe('the swap set of ten people', () => {
  const set = swapSet(task(0.4));

  it('is as counted by hand', () => {
    expect(set.selected).toBe(4);
    expect(set.cutOffs).toEqual({ own: 0.8, other: 0.8 });
    expect(counted(set.cells, 'all')).toEqual({ in: [2, 2], out: [2, 1], both: [2, 1], neither: [4, 1] });
    expect(counted(set.cells, '1-29')).toEqual({ in: [1, 1], out: [0, 0], both: [2, 1], neither: [2, 0] });
    expect(counted(set.cells, '30-59')).toEqual({ in: [1, 1], out: [2, 1], both: [0, 0], neither: [1, 1] });
  });

  it('says how much better those who come in did, and how sure that is', () => {
    expect(set.difference.estimate).toBe(0.5);
    expect(set.difference.lower!).toBeLessThan(0);
    expect(set.difference.upper!).toBeGreaterThan(0.5);
    const comes = set.cells.find(({ part, move }) => part === 'all' && move === 'in')!;
    expect(comes.observed).toMatchObject({ estimate: 1, upper: 1 });
    expect(comes.observed.lower).toBeCloseTo(0.3424, 4);
  });
});

it('moves nobody between a version and itself, nor when nobody is selected', () => {
  const same = { ...task(0.4), other: task(0.4).own };
  expect(counted(swapSet(same).cells, 'all')).toMatchObject({ in: [0, 0], out: [0, 0], both: [4, 3] });
  expect(swapSet(same).difference).toMatchObject({ estimate: null, reason: 'no_rows' });
  expect(swapSet(task(0.01))).toMatchObject({ selected: 0, cutOffs: { own: null, other: null } });
});

it('selects as many by each where scores are equal: the first of them', () => {
  const flat = { ...task(0.3), other: new Float64Array(10).fill(0.5) };
  const { cells } = swapSet(flat);
  const all = counted(cells, 'all');
  expect(all.in![0]).toBe(all.out![0]);
  expect(all.both![0]).toBe(3);
});
