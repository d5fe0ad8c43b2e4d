import type { EffectReason } from '../statistic.ts';

/** An arm's difference from control and control itself, with how both vary together. */
export interface Comparison {
  /** Arm − control. */
  effect: number;
  variance: number;
  control: number;
  controlVariance: number;
  /** Of the effect with control. */
  covariance: number;
  /** Of Student's t; null: normal. */
  df: number | null;
  /** Effect at which the error of the relation is taken, where it is not the effect itself. */
  slopeAt?: number;
}

export type Compared = Comparison | { reason: EffectReason };

/** Welch and Satterthwaite's degrees of freedom of a sum of independent variances. */
export function satterthwaite(parts: readonly { variance: number; df: number }[]): number {
  const all = parts.reduce((sum, { variance }) => sum + variance, 0);
  const squares = parts.reduce(
    (sum, { variance, df }) => (variance === 0 ? sum : sum + variance ** 2 / df),
    0,
  );
  return squares > 0 ? all ** 2 / squares : Number.POSITIVE_INFINITY;
}
