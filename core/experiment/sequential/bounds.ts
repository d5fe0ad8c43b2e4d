import { findRoot } from '../../stats/find-root.ts';
import { above, advance, below, type Front, start } from './front.ts';
import { resolutionAt } from './grid.ts';

export interface LowerSpend {
  /** Spent by each look, cumulative, under the drift. */
  cumulative: readonly number[];
  /** Expected z when all of the planned information is in. */
  drift: number;
  /** Whether the upper bounds count on trials stopping here. */
  binding: boolean;
}

export interface Bounds {
  upper: number[];
  lower: number[];
}

const tooFar = 38;

/** The bound above which a step ends with the chance given; infinite where nothing is to be spent. */
export function upperBound(front: Front, information: number, drift: number, chance: number): number {
  return solved(chance, (z) => above(front, information, drift, z), 1);
}

/** The bound below which a step ends with the chance given. */
export function lowerBound(front: Front, information: number, drift: number, chance: number): number {
  return solved(chance, (z) => below(front, information, drift, z), -1);
}

function solved(chance: number, tail: (z: number) => number, side: 1 | -1): number {
  if (!(chance > 1e-300)) return side * Number.POSITIVE_INFINITY;
  const off = (z: number) => Math.log(Math.max(tail(z), 1e-320)) - Math.log(chance);
  const found = findRoot(off, -tooFar, tooFar);
  if (found !== null) return found;
  return off(0) > 0 ? side * Number.POSITIVE_INFINITY : side * Number.NEGATIVE_INFINITY;
}

/**
 * Bounds of z at each look that spend what is given: upper ones under no effect, lower ones under a drift.
 *
 * @param information share of the plan at each look, ascending, above 0; past 1 where a trial ran over
 * @param upper spent above by each look, cumulative
 * @param symmetric the same is spent below, at bounds of the opposite sign, which also stop
 */
export function boundsBySpending(
  information: readonly number[],
  upper: readonly number[],
  symmetric: boolean,
  lower?: LowerSpend,
): Bounds {
  const bounds: Bounds = { upper: [], lower: [] };
  let none = start;
  let some = start;
  information.forEach((t, i) => {
    const high = upperBound(none, t, 0, (upper[i] ?? 0) - (i > 0 ? (upper[i - 1] ?? 0) : 0));
    const wanted = lower && (lower.cumulative[i] ?? 0) - (i > 0 ? (lower.cumulative[i - 1] ?? 0) : 0);
    const low = lower
      ? Math.min(high, lowerBound(some, t, lower.drift, wanted ?? 0))
      : Number.NEGATIVE_INFINITY;
    bounds.upper.push(high);
    bounds.lower.push(low);
    if (i === information.length - 1) return;
    const mirrored = symmetric ? -high : Number.NEGATIVE_INFINITY;
    const stop = Math.max(low, mirrored);
    none = advance(
      none,
      t,
      0,
      { lower: lower?.binding ? stop : mirrored, upper: high },
      resolutionAt(information, i),
    );
    if (lower)
      some = advance(some, t, lower.drift, { lower: stop, upper: high }, resolutionAt(information, i));
  });
  return bounds;
}
