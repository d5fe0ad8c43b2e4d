import { normalCdf } from '../../stats/distributions/normal.ts';
import { findRoot } from '../../stats/find-root.ts';
import { type Bounds, boundsBySpending } from './bounds.ts';
import { above, advance, start } from './front.ts';
import { resolutionAt } from './grid.ts';
import { type Spending, spent } from './spending.ts';

/** How the bounds run over the looks: by spending, or one of the classical forms, which take the looks as planned. */
export type Shape =
  | Spending
  /** Bound c·t^(delta − ½), t the share of the last look's information: 0 is O'Brien–Fleming's, ½ Pocock's. */
  | { kind: 'wang_tsiatis'; delta: number }
  /** One bound at every look but the last, which takes what is left. */
  | { kind: 'haybittle_peto'; z: number };

export interface Futility {
  /** Chance of missing the effect planned for. */
  beta: number;
  /** How it is spent. */
  spending: Spending;
  /** Expected z of that effect when all of the planned information is in. */
  drift: number;
  /** Binding: upper bounds count on trials stopping for futility, and the false-alarm rate holds only if they do. */
  binding: boolean;
}

export interface Plan {
  /** Of both sides where there are two. */
  alpha: number;
  sided: 1 | 2;
  shape: Shape;
  /** Share of the planned information at each look: ascending, above 0; above 1 where more came than planned. */
  information: readonly number[];
  /** The last look listed is the last of the trial and spends what is left. Default: whether it is at 1 or past it. */
  complete?: boolean;
  futility?: Futility;
}

/** Bounds of z at one look. */
export interface Boundary {
  information: number;
  upper: number;
  /** null of a one-sided trial. */
  lower: number | null;
  /** z at or below which the effect planned for is no longer to be expected; null: no such bound here. */
  futility: number | null;
  /** False alarms spent by then, of both sides where there are two. */
  spent: number;
  /** p-value of this look alone that reaches the bound, as sided as the trial. */
  nominal: number;
}

export const isComplete = ({ information, complete }: Pick<Plan, 'information' | 'complete'>): boolean =>
  complete ?? (information.at(-1) ?? 0) >= 1 - 1e-9;

const bySpending = (shape: Shape): shape is Spending =>
  shape.kind !== 'wang_tsiatis' && shape.kind !== 'haybittle_peto';

/**
 * Bounds of z at each look so that a trial without an effect crosses any of them with chance `alpha`, exactly, by
 * numerical integration over the looks as they are. Two-sided bounds are symmetric, alpha/2 a side.
 *
 * Assumes estimates whose information is their inverse variance, so that z√information has independent normal
 * increments (Scharfstein, Tsiatis and Robins 1997). Equals rpact `getDesignGroupSequential` and gsDesign `gsBound`.
 *
 * @throws RangeError where shares of information do not ascend from above 0
 */
export function boundaries(plan: Plan): Boundary[] {
  const { alpha, sided, shape, information, futility } = plan;
  checkInformation(information);
  const side = alpha / sided;
  const spend = bySpending(shape)
    ? spent(shape, side, information, isComplete(plan))
    : classicalSpend(shape, side, information, sided === 2);
  const lower = futility && {
    cumulative: spent(futility.spending, futility.beta, information, isComplete(plan)),
    drift: futility.drift,
    binding: futility.binding,
  };
  const bounds = boundsBySpending(information, spend, sided === 2, lower);
  return information.map((t, i) => described(plan, bounds, spend, t, i));
}

function described(plan: Plan, { upper, lower }: Bounds, spend: number[], t: number, i: number): Boundary {
  const high = upper[i] ?? Number.POSITIVE_INFINITY;
  const last = isComplete(plan) && i === plan.information.length - 1;
  const low = last ? high : (lower[i] ?? Number.NEGATIVE_INFINITY);
  const stops = plan.futility && low > (plan.sided === 2 ? -high : Number.NEGATIVE_INFINITY);
  return {
    information: t,
    upper: high,
    lower: plan.sided === 2 ? -high : null,
    futility: stops ? low : null,
    spent: plan.sided * (spend[i] ?? 0),
    nominal: plan.sided * normalCdf(-high),
  };
}

function checkInformation(information: readonly number[]): void {
  let before = 0;
  for (const t of information) {
    if (!(t > before) || !Number.isFinite(t))
      throw new RangeError(`shares of information must ascend from above 0: ${information.join(', ')}`);
    before = t;
  }
}

/** What a classical form spends by each look, from the constant that spends all by the last. */
function classicalSpend(
  shape: Exclude<Shape, Spending>,
  alpha: number,
  information: readonly number[],
  symmetric: boolean,
): number[] {
  const all = information.at(-1) ?? 1;
  if (shape.kind === 'haybittle_peto') {
    const early = crossed(information, () => shape.z, symmetric);
    return information.map((_, i) => (i === information.length - 1 ? alpha : Math.min(alpha, early[i] ?? 0)));
  }
  const bound = (c: number) => (i: number) => c * ((information[i] ?? all) / all) ** (shape.delta - 0.5);
  const off = (c: number) => (crossed(information, bound(c), symmetric).at(-1) ?? 0) - alpha;
  const c = findRoot(off, 0.1, 15, 1e-11);
  if (c === null) throw new RangeError(`no bounds of this form spend ${alpha}`);
  return crossed(information, bound(c), symmetric);
}

/** Chance, without an effect, of having crossed upper bounds by each look. */
export function crossed(
  information: readonly number[],
  bound: (look: number) => number,
  symmetric: boolean,
): number[] {
  let front = start;
  let sum = 0;
  return information.map((t, i) => {
    const upper = bound(i);
    sum += above(front, t, 0, upper);
    front = advance(
      front,
      t,
      0,
      { lower: symmetric ? -upper : Number.NEGATIVE_INFINITY, upper },
      resolutionAt(information, i),
    );
    return sum;
  });
}
