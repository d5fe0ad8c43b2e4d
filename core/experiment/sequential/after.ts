import { findRoot } from '../../stats/find-root.ts';
import type { Boundary } from './boundaries.ts';
import { above, advance, type Front, start } from './front.ts';
import { resolutionAt } from './grid.ts';

/** Inference after a trial has ended, on the scale of z at all of the planned information. */
export interface After {
  /** p-value as sided as the trial. */
  pValue: number;
  /** Median-unbiased: under it, ending with more and with less evidence are as likely. */
  drift: number;
  /** Interval of the level asked for; with a one-sided p-value it is still two-sided. */
  lower: number;
  upper: number;
}

/**
 * p-value, estimate and interval of a trial that ended at the last of `bounds` with `z` there, ordering outcomes by
 * the look at which they ended (stage-wise): ending above early speaks most for the arm, ending below early most
 * against it. Whether futility bounds were there does not matter: they count as not binding.
 *
 * Multiply `drift`, `lower` and `upper` by standardError·√information of the last look to have them on the effect's own
 * scale. Tsiatis, Rosner and Mehta (1984), Biometrics 40:797; Jennison and Turnbull (2000), section 8.4.
 *
 * @param bounds of the looks that were made, by their exact information
 * @param level of the interval, such as 0.95
 */
export function afterStopping(bounds: readonly Boundary[], z: number, level: number): After {
  const larger = atLeast(bounds, z);
  const naive = z / Math.sqrt(bounds.at(-1)?.information ?? 1);
  const upTo = (chance: number): number => {
    const off = (drift: number) => larger(drift) - chance;
    return findRoot(off, naive - 8, naive + 8, 1e-8) ?? findRoot(off, -60, 60, 1e-8) ?? Number.NaN;
  };
  const p = larger(0);
  const sided = bounds[0]?.lower === null ? 1 : 2;
  return {
    pValue: sided === 1 ? p : Math.min(1, 2 * Math.min(p, 1 - p)),
    drift: upTo(0.5),
    lower: upTo((1 - level) / 2),
    upper: upTo((1 + level) / 2),
  };
}

/** Chance, under a drift, of an outcome that speaks for the arm as much as this one or more. */
function atLeast(bounds: readonly Boundary[], z: number): (drift: number) => number {
  const shares = bounds.map((one) => one.information);
  const last = bounds.length - 1;
  return (drift) => {
    let front: Front = start;
    let over = 0;
    bounds.forEach(({ information, upper, lower }, i) => {
      over += above(front, information, drift, i === last ? z : upper);
      if (i === last) return;
      const between = { lower: lower ?? Number.NEGATIVE_INFINITY, upper };
      front = advance(front, information, drift, between, resolutionAt(shares, i));
    });
    return over;
  };
}
