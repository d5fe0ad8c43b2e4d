/** How the error is shared between comparisons with control. */
export const corrections = ['none', 'bonferroni', 'holm'] as const;
export type Correction = (typeof corrections)[number];

/**
 * Error left to each comparison with control. Holm's first step is Bonferroni's: a design that sees an effect at
 * alpha ÷ comparisons sees it whatever the other arms do.
 */
export const alphaPerComparison = (alpha: number, comparisons: number, correction: Correction): number =>
  correction === 'none' ? alpha : alpha / Math.max(1, comparisons);
