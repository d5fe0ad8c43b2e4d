import { cochranQ, type Homogeneity, type SpreadMethod } from '../../stats/pool/heterogeneity.ts';
import { shrink } from '../../stats/pool/shrink.ts';
import type { Effect } from '../statistic.ts';

/** The effect of one arm among the people of one level of a segment. */
export interface LevelEffect {
  level: string;
  effect: Effect;
}

export interface SegmentReading {
  /** Whether the effect differs between levels: Cochran's Q over the levels that have an effect. */
  interaction: Homogeneity;
  /** Each level's effect drawn towards the arm's mean effect; one that could not be computed stays as it was. */
  shrunken: LevelEffect[];
  /** Mean over levels and standard deviation between them; null with nothing to put together. */
  mean: number | null;
  tau: number | null;
}

/**
 * Effects of one arm by level of a segment: a test that they are all the same, and each of them shrunken. Levels are
 * disjoint people, so their effects are independent; they must be differences or relations (not ratios, whose
 * logarithms would do) by one method. Shrunken effects have no p-value: nothing is decided by level unless the
 * interaction was declared beforehand and found.
 */
export function readSegment(
  levels: readonly LevelEffect[],
  { alpha = 0.05, method = 'paule_mandel' as SpreadMethod } = {},
): SegmentReading {
  const known = levels.flatMap(({ level, effect: { estimate, standardError } }) =>
    estimate === null || standardError === null || !(standardError > 0)
      ? []
      : [{ level, estimate, standardError }],
  );
  const interaction = cochranQ(known);
  if (known.length === 0) return { interaction, shrunken: [...levels], mean: null, tau: null };
  const { mean, tau, each } = shrink(known, { alpha, method });
  const byLevel = new Map(known.map(({ level }, i) => [level, each[i]!]));
  const shrunken = levels.map(({ level, effect }): LevelEffect => {
    const one = byLevel.get(level);
    if (!one) return { level, effect };
    const { estimate, lower, upper, standardError } = one;
    const conventions = {
      ...effect.conventions,
      sided: 'two' as const,
      interval: `shrunken_${method}`,
      test: 'none',
      df: null,
    };
    return { level, effect: { estimate, lower, upper, standardError, pValue: null, conventions } };
  });
  return { interaction, shrunken, mean, tau };
}
