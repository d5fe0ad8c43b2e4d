import { normalQuantile } from '../../stats/distributions/normal.ts';
import { findRoot } from '../../stats/find-root.ts';
import { type Boundary, boundaries, type Futility, type Plan } from './boundaries.ts';
import { above, advance, below, start } from './front.ts';
import { resolutionAt } from './grid.ts';

/** How trials of a plan end when z is expected to be `drift` at all of the planned information. */
export interface Operating {
  /** Chance of ending above, below and as futile at each look. */
  upper: number[];
  lower: number[];
  futile: number[];
  /** Chance of ending above at any look. */
  power: number;
  /** Share of the planned information used on average. */
  expectedInformation: number;
}

/**
 * @param heeded whether trials stop where futility says so; a non-binding bound may be passed
 */
export function operating(bounds: readonly Boundary[], drift: number, heeded = true): Operating {
  const information = bounds.map((one) => one.information);
  const result: Operating = { upper: [], lower: [], futile: [], power: 0, expectedInformation: 0 };
  let front = start;
  let left = 1;
  bounds.forEach((bound, i) => {
    const t = bound.information;
    const harmful = bound.lower ?? Number.NEGATIVE_INFINITY;
    const stop = Math.max(harmful, (heeded ? bound.futility : null) ?? Number.NEGATIVE_INFINITY);
    const [up, down, out] = [
      above(front, t, drift, bound.upper),
      below(front, t, drift, harmful),
      below(front, t, drift, stop),
    ];
    result.upper.push(up);
    result.lower.push(down);
    result.futile.push(out - down);
    result.power += up;
    const ends = i === bounds.length - 1 ? left : up + out;
    result.expectedInformation += ends * t;
    left -= ends;
    if (i < bounds.length - 1)
      front = advance(front, t, drift, { lower: stop, upper: bound.upper }, resolutionAt(information, i));
  });
  return result;
}

/** The drift at which a plan has the power wanted; null when none under 40 has it. */
export const driftFor = (bounds: readonly Boundary[], power: number, heeded = true): number | null =>
  findRoot((drift) => operating(bounds, drift, heeded).power - power, 0, 40, 1e-10);

export interface Planned {
  bounds: Boundary[];
  /** Expected z at all of the planned information, of the effect planned for. */
  drift: number;
  /** Information needed, as a multiple of that of one look with the same error and power. */
  inflation: number;
  /** Share of the planned information used on average without an effect, with half of it and with all of it. */
  expected: { none: number; half: number; planned: number };
}

/**
 * A plan with the power wanted: bounds, how much more information it takes at most than one look, and how much on
 * average. Multiply the people of a fixed design by `inflation`.
 *
 * With futility, its bounds spend 1 − power under the very effect the plan can then see, and power counts on their
 * being heeded, whether or not they are binding.
 *
 * @throws RangeError where the looks cannot have that power
 */
export function planFor(
  plan: Omit<Plan, 'futility'>,
  power: number,
  futility?: Pick<Futility, 'spending' | 'binding'>,
): Planned {
  const fixed = normalQuantile(1 - plan.alpha / plan.sided) + normalQuantile(power);
  const under = (drift: number): Boundary[] =>
    boundaries(futility ? { ...plan, futility: { ...futility, beta: 1 - power, drift } } : plan);
  const still = futility ? null : under(0);
  const drift = findRoot(
    (one) => operating(still ?? under(one), one).power - power,
    fixed * 0.7,
    fixed * 2.5,
    1e-9,
  );
  if (drift === null)
    throw new RangeError(`looks at ${plan.information.join(', ')} cannot have power ${power}`);
  const bounds = still ?? under(drift);
  return {
    bounds,
    drift,
    inflation: (drift / fixed) ** 2,
    expected: {
      none: operating(bounds, 0).expectedInformation,
      half: operating(bounds, drift / 2).expectedInformation,
      planned: operating(bounds, drift).expectedInformation,
    },
  };
}
