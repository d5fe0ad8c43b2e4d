import { cellLikelihood, type Tally } from './bins.ts';
import type { Direction } from './options.ts';

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

function poolViolators(cells: readonly Tally[], direction: Direction): number[] {
  const sign = direction === 'auto' ? trend(cells) : direction === 'increasing' ? 1 : -1;
  const blocks: (Tally & { end: number })[] = [];
  cells.forEach((cell, end) => {
    blocks.push({ ...cell, end });
    while (blocks.length > 1) {
      const right = blocks[blocks.length - 1]!;
      const left = blocks[blocks.length - 2]!;
      if (sign * (right.events * left.n - left.events * right.n) > 0) break;
      blocks.splice(-2, 2, {
        n: left.n + right.n,
        events: left.events + right.events,
        end: right.end,
      });
    }
  });
  return blocks.map((block) => block.end);
}

/** Whether the rate rises or falls with the cell's rank, by the sign of their covariance. */
function trend(cells: readonly Tally[]): 1 | -1 {
  const total = tally(cells, 0, cells.length - 1);
  let before = 0;
  let covariance = 0;
  for (const cell of cells) {
    const rank = before + cell.n / 2;
    covariance += rank * (cell.events - (cell.n * total.events) / total.n);
    before += cell.n;
  }
  return covariance >= 0 ? 1 : -1;
}
