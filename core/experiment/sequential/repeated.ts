import { findRoot } from '../../stats/find-root.ts';
import { type Boundary, boundaries, type Plan } from './boundaries.ts';

export interface Repeated {
  estimate: number;
  /** null where one-sided. */
  lower: number | null;
  upper: number | null;
}

/**
 * The interval that a look may show: estimate ± bound·standardError. All looks' intervals hold the truth together with
 * the trial's level, whether it then stops or not, and one leaves out 0 exactly when its look crosses a bound.
 *
 * Jennison and Turnbull (1989), JRSS B 51:305. One-sided trials have a lower end only.
 */
export function repeatedInterval(
  { upper, lower }: Pick<Boundary, 'upper' | 'lower'>,
  estimate: number,
  standardError: number,
): Repeated {
  const half = upper * standardError;
  const open = !Number.isFinite(half);
  return {
    estimate,
    lower: open ? null : estimate - half,
    upper: lower === null || open ? null : estimate + half,
  };
}

/**
 * p-value of each look that may be looked at whenever: the least alpha with which the plan's bound there would have
 * been crossed; 1 where none under 0.5 a side would. The least over the looks so far is the trial's sequential p-value,
 * which corrections over arms take (Liu and Anderson 2008; Maurer and Bretz 2013).
 *
 * Dual to `repeatedInterval`: under alpha exactly where the interval leaves out 0.
 *
 * @param plan its information is that of the looks, as they were found
 * @param z of each look
 */
export const repeatedP = (plan: Omit<Plan, 'alpha' | 'futility'>, z: readonly number[]): number[] =>
  z.map((value, look) => repeatedPAt(plan, look, value));

/** `repeatedP` of one look (from 0). */
export function repeatedPAt(plan: Omit<Plan, 'alpha' | 'futility'>, look: number, z: number): number {
  const size = plan.sided === 2 ? Math.abs(z) : z;
  const shown = until(plan, look);
  const off = (logit: number): number => {
    const alpha = plan.sided * 0.5 * (1 / (1 + Math.exp(-logit)));
    const bound = boundaries({ ...plan, ...shown, alpha })[look]?.upper ?? Number.POSITIVE_INFINITY;
    return Math.min(bound, 50) - size;
  };
  const [none, all] = [-60, 6];
  if (off(all) > 0) return 1;
  const found = findRoot(off, none, all, 1e-7);
  return found === null ? 0 : plan.sided * 0.5 * (1 / (1 + Math.exp(-found)));
}

/** The looks up to one, which do not depend on later ones where error is spent by information. */
function until(plan: Omit<Plan, 'alpha' | 'futility'>, i: number): Pick<Plan, 'information' | 'complete'> {
  const last = i === plan.information.length - 1;
  const classical = plan.shape.kind === 'wang_tsiatis' || plan.shape.kind === 'haybittle_peto';
  if (last || classical) return { information: plan.information, complete: plan.complete };
  return { information: plan.information.slice(0, i + 1), complete: false };
}
