import { type Direction, poolViolators } from '#core/scorecard/monotone.ts';
import { cellLikelihood, type Tally } from './bins.ts';

export interface MergeLimits {
  maxBins: number;
  minRows: number;
  /** Deviance (twice the log likelihood) each further bin must bring. */
  threshold: number;
  direction: Direction;
}

/**
 * The best way to join neighbouring cells into at most `maxBins` bins of at least `minRows` rows: the partition of
 * largest log likelihood less half the threshold for every bin, found exactly by dynamic programming. With a
 * direction, cells that break it are pooled first (pool adjacent violators), so every partition keeps it.
 *
 * @returns index of the last cell of each bin, ascending; one bin when nothing is worth a cut.
 */
export function mergeCells(cells: readonly Tally[], limits: MergeLimits): number[] {
  const ends = limits.direction === 'none' ? cells.map((_, i) => i) : poolViolators(cells, limits.direction);
  const blocks = ends.map((end, i) => tally(cells, i === 0 ? 0 : ends[i - 1]! + 1, end));
  return bestPartition(blocks, limits).map((block) => ends[block]!);
}

function tally(cells: readonly Tally[], first: number, last: number): Tally {
  let n = 0;
  let events = 0;
  for (let i = first; i <= last; i++) {
    n += cells[i]!.n;
    events += cells[i]!.events;
  }
  return { n, events };
}

function bestPartition(cells: readonly Tally[], { maxBins, minRows, threshold }: MergeLimits): number[] {
  const m = cells.length;
  if (m === 0) return [];
  const penalty = threshold / 2;
  const best: number[][] = [];
  const from: number[][] = [];
  for (let bins = 0; bins < Math.min(maxBins, m); bins++) {
    best.push(new Array<number>(m).fill(Number.NEGATIVE_INFINITY));
    from.push(new Array<number>(m).fill(-1));
    for (let last = bins; last < m; last++) {
      const cell = { n: 0, events: 0 };
      for (let first = last; first >= bins; first--) {
        cell.n += cells[first]!.n;
        cell.events += cells[first]!.events;
        if (cell.n < minRows && !(bins === 0 && last === m - 1)) continue;
        if (bins === 0 && first > 0) continue;
        const before = bins === 0 ? 0 : best[bins - 1]![first - 1]!;
        const value = before + cellLikelihood(cell) - penalty;
        if (value > best[bins]![last]!) {
          best[bins]![last] = value;
          from[bins]![last] = first;
        }
      }
    }
  }
  let bins = 0;
  for (let k = 1; k < best.length; k++) if (best[k]![m - 1]! > best[bins]![m - 1]!) bins = k;
  const ends: number[] = [];
  for (let last = m - 1, k = bins; k >= 0; k--) {
    ends.unshift(last);
    last = from[k]![last]! - 1;
  }
  return ends;
}
