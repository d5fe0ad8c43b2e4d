import type { Tally } from './evidence.ts';

export const directions = ['none', 'auto', 'increasing', 'decreasing'] as const;
export type Direction = (typeof directions)[number];

/** Whether the rate rises or falls with the cell's rank, by the sign of their covariance. */
export function trend(cells: readonly Tally[]): 1 | -1 {
  const n = cells.reduce((sum, cell) => sum + cell.n, 0);
  const events = cells.reduce((sum, cell) => sum + cell.events, 0);
  let before = 0;
  let covariance = 0;
  for (const cell of cells) {
    const rank = before + cell.n / 2;
    covariance += rank * (cell.events - (cell.n * events) / n);
    before += cell.n;
  }
  return covariance >= 0 ? 1 : -1;
}

/**
 * Joins neighbours until the rate of events only rises (or only falls): pool adjacent violators. Equal rates are
 * joined; empty cells go with their neighbour.
 *
 * @returns index of the last cell of each block, ascending
 */
export function poolViolators(cells: readonly Tally[], direction: Exclude<Direction, 'none'>): number[] {
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
