import type { Conventions, Effect, Replicates } from '../statistic.ts';
import { nothing, openEnd } from './answer.ts';
import type { Sided } from './question.ts';

/** A figure of one arm from its number of units and sums; null where it has none. */
export type Figure = (n: number, sums: readonly number[]) => number | null;

/** The figure of a metric: a mean, or a ratio of sums. */
export const figureOf =
  (ratio: boolean): Figure =>
  (n, sums) => {
    const below = ratio ? (sums[1] ?? 0) : n;
    return below === 0 ? null : (sums[0] ?? 0) / below;
  };

export interface Redrawn {
  control: number;
  arm: number;
  /** The arm's and control's figure in each draw in which both have one. */
  draws: readonly (readonly [control: number, arm: number])[];
}

/** Both arms' figures as they are and in each draw; arms are drawn independently. null: one of them has none. */
export function redrawn(control: Replicates, arm: Replicates, figure: Figure): Redrawn | null {
  const [zero, one] = [control, arm].map(({ moments }) => figure(moments.n, moments.sums));
  if (zero === null || zero === undefined || one === null || one === undefined) return null;
  const draws: [number, number][] = [];
  for (let i = 0; i < Math.min(control.draws.length, arm.draws.length); i++) {
    const [a, b] = [control.draws[i]!, arm.draws[i]!];
    const [x, y] = [figure(a.n, a.sums), figure(b.n, b.sums)];
    if (x !== null && y !== null) draws.push([x, y]);
  }
  return { control: zero, arm: one, draws };
}

/**
 * An effect with what its draws say. percentile: the draws' own quantiles, so that the interval follows the skew of
 * cash; basic: those turned around the estimate; normal is not offered, as it has no need of draws. The p-value is
 * twice the smaller share of draws on one side of no effect, with one more draw counted (Davison and Hinkley 1997,
 * section 4.4): never 0, and under alpha exactly when the percentile interval leaves no effect out. `too_few`: fewer
 * draws than an end needs; `no_variation`: all draws alike.
 */
export function fromDraws(
  estimate: number,
  effects: readonly number[],
  asked: { alpha: number; sided: Sided; interval: 'percentile' | 'basic' },
  conventions: Conventions,
): Effect {
  const sorted = Float64Array.from(effects).sort();
  const many = sorted.length;
  const rank = Math.floor((many + 1) * (asked.sided === 'two' ? asked.alpha / 2 : asked.alpha));
  if (rank < 1) return nothing('too_few', conventions);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / many;
  const variance = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (many - 1);
  if (!Number.isFinite(variance)) return nothing('too_large', conventions);
  if (!(variance > 1e-26 * mean * mean)) return nothing('no_variation', conventions);
  const [low, high] = [sorted[rank - 1]!, sorted[many - rank]!];
  const below = sorted.reduce((sum, value) => (value <= 0 ? sum + 1 : sum), 1) / (many + 1);
  const above = sorted.reduce((sum, value) => (value >= 0 ? sum + 1 : sum), 1) / (many + 1);
  const pValue = { two: Math.min(1, 2 * Math.min(below, above)), greater: below, less: above }[asked.sided];
  const ends: [number, number] =
    asked.interval === 'basic' ? [2 * estimate - high, 2 * estimate - low] : [low, high];
  return {
    estimate,
    ...openEnd(asked.sided, ...ends),
    standardError: Math.sqrt(variance),
    pValue,
    conventions,
  };
}
