import type { z } from 'zod';
import type { swapCell } from '#core/contract/models/swaps.ts';
import { scoreInterval } from '#core/stats/score-difference.ts';
import { wilson } from '#core/stats/wilson.ts';

export type SwapCell = z.output<typeof swapCell>;
export const swapMoves = ['in', 'out', 'both', 'neither'] as const;

export interface SwapTask {
  /** What happened to each row: 0 or 1. */
  target: Float64Array;
  /** Scores of the version asked about. */
  own: Float64Array;
  /** Scores of the version it is held against. */
  other: Float64Array;
  /** A label of each row, such as its bucket; -1: none. */
  parts: { codes: Int32Array; labels: readonly string[] };
  /** Share selected by each, from the highest score down. */
  share: number;
}

export interface SwapSet {
  selected: number;
  /** Lowest score selected by each; null where nobody is. */
  cutOffs: { own: number | null; other: number | null };
  cells: SwapCell[];
  /** Observed rate of those who come in less that of those who go out. */
  difference: { estimate: number | null; lower: number | null; upper: number | null; reason?: string };
}

/** The rows with the highest scores; of equal ones, the first. */
function topRows(scores: Float64Array, selected: number): Uint8Array {
  const order = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
  const chosen = new Uint8Array(scores.length);
  for (const row of order.slice(0, selected)) chosen[row] = 1;
  return chosen;
}

function lowest(scores: Float64Array, chosen: Uint8Array): number | null {
  let least: number | null = null;
  chosen.forEach((yes, row) => {
    if (yes && (least === null || scores[row]! < least)) least = scores[row]!;
  });
  return least;
}

/**
 * Who would be selected by one version and not by the other when both select the same share: those who come in, those
 * who go out, those in both and in neither, with what was observed of them (Wilson intervals) and the difference of the
 * first two (score interval; the groups share no row). For all rows and for each part.
 */
export function swapSet({ target, own, other, parts, share }: SwapTask): SwapSet {
  const rows = target.length;
  const selected = Math.round(share * rows);
  const mine = topRows(own, selected);
  const theirs = topRows(other, selected);
  const moveOf = (row: number): SwapCell['move'] =>
    mine[row] ? (theirs[row] ? 'both' : 'in') : theirs[row] ? 'out' : 'neither';
  const counts = new Map<string, { n: number; events: number }>();
  const count = (part: string, row: number) => {
    const key = `${part}\n${moveOf(row)}`;
    const cell = counts.get(key) ?? { n: 0, events: 0 };
    cell.n++;
    cell.events += target[row]!;
    counts.set(key, cell);
  };
  for (let row = 0; row < rows; row++) {
    count('all', row);
    const code = parts.codes[row]!;
    if (code >= 0) count(parts.labels[code]!, row);
  }
  const cellOf = (part: string, move: SwapCell['move']): SwapCell => {
    const { n, events } = counts.get(`${part}\n${move}`) ?? { n: 0, events: 0 };
    return { part, move, n, events, observed: wilson(events, n) };
  };
  const cells = ['all', ...parts.labels].flatMap((part) => swapMoves.map((move) => cellOf(part, move)));
  const [comes, goes] = [cellOf('all', 'in'), cellOf('all', 'out')];
  return {
    selected,
    cutOffs: { own: lowest(own, mine), other: lowest(other, theirs) },
    cells: cells.filter(
      ({ part }) => part === 'all' || swapMoves.some((move) => counts.has(`${part}\n${move}`)),
    ),
    difference: differenceOf(comes, goes),
  };
}

function differenceOf(comes: SwapCell, goes: SwapCell): SwapSet['difference'] {
  if (comes.n === 0 || goes.n === 0) return { estimate: null, lower: null, upper: null, reason: 'no_rows' };
  const [lower, upper] = scoreInterval(goes, comes, 0.05);
  return { estimate: comes.events / comes.n - goes.events / goes.n, lower, upper };
}
