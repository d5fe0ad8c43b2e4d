import { normalCdf, normalQuantile } from '../../stats/distributions/normal.ts';
import { dunnettLimit, type SharedControl, withinAll } from './dunnett.ts';

/** How the error is shared between arms compared with one control. */
export const corrections = ['none', 'bonferroni', 'holm', 'dunnett'] as const;
export type Correction = (typeof corrections)[number];

/** Arms still compared with control. */
export interface Family {
  alpha: number;
  correction: Correction;
  /** Planned weights of control and of those arms; their number is that of the comparisons. */
  control: number;
  arms: readonly number[];
  /** Times the comparisons may be looked at, together. */
  looks: number;
}

const sharedBy = ({ control, arms }: Pick<Family, 'control' | 'arms'>): SharedControl => ({
  control: 1 / control,
  arms: arms.map((weight) => 1 / weight),
  sided: 'two',
});

const known = new Map<string, number>();
const mostKept = 500;

/**
 * Two-sided level at which each of some arms is tested so that, where none has an effect, any is told apart with
 * chance alpha at most; with `none`, each alone.
 *
 * holm, bonferroni: alpha ÷ arms (of Holm's, the step where so many are left). dunnett: what the arms share through
 * their control counts, at one look exactly (Dunnett 1955); over several looks they share less, and 1 − (1 − alpha)^(1/arms)
 * holds whatever they share (Šidák 1967; over looks by Royen 2014, as the region inside all bounds is symmetric and convex).
 */
export function levelOf(family: Family): number {
  const { alpha, correction, arms, looks } = family;
  if (correction === 'none' || arms.length < 2) return alpha;
  if (correction !== 'dunnett') return alpha / arms.length;
  if (looks > 1) return -Math.expm1(Math.log1p(-alpha) / arms.length);
  const key = JSON.stringify([alpha, family.control, arms]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const level = 2 * normalCdf(-dunnettLimit(alpha, sharedBy(family)));
  if (known.size >= mostKept) known.clear();
  known.set(key, level);
  return level;
}

/** Chance that the least of the family's p-values is under this one where no arm has an effect: at most. */
function together(p: number, family: Family): number {
  const { correction, arms, looks } = family;
  if (correction === 'none' || arms.length < 2) return p;
  if (correction !== 'dunnett') return Math.min(1, p * arms.length);
  if (looks > 1) return -Math.expm1(Math.log1p(-p) * arms.length);
  return p >= 1 ? 1 : Math.max(p, 1 - withinAll(-normalQuantile(p / 2), sharedBy(family)));
}

/**
 * p-values corrected for the arms, in their order: the least against all arms, the next against those left, none
 * under one before it (Bonferroni's: each against all). Under alpha exactly where `levelOf` of those left is passed.
 */
export function correctedOver(p: readonly number[], family: Family): number[] {
  const order = p.map((_, i) => i).sort((a, b) => p[a]! - p[b]! || a - b);
  const result = new Array<number>(p.length).fill(1);
  let largest = 0;
  order.forEach((index, place) => {
    const left = family.correction === 'bonferroni' ? order : order.slice(place);
    const arms = left.map((i) => family.arms[i]!);
    largest = Math.max(largest, together(p[index]!, { ...family, arms }));
    result[index] = family.correction === 'none' ? p[index]! : largest;
  });
  return result;
}

/** Chance that any arm is told apart where none has an effect, when each is tested at the family's level at one look. */
export function familyError(family: Family): number {
  const level = levelOf(family);
  return family.correction === 'none'
    ? together(level, { ...family, correction: 'dunnett', looks: 1 })
    : family.alpha;
}
