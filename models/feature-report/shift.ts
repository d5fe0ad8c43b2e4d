import type { ShiftFigure } from '#core/contract/models/feature-report.ts';
import { grouped, mergeRare, stability } from '#core/stats/psi.ts';

/** PSI above which a shift beyond chance is worth a look, and above which it is large. */
export const psiLimits = { warn: 0.1, harm: 0.25 } as const;

/**
 * How far counts moved between the same bins: PSI with rare bins joined, beside what sampling alone exceeds once in a
 * hundred times. A shift within chance is never coloured, however large the index of a small sample.
 */
export function shiftOf(before: readonly number[], after: readonly number[]): ShiftFigure {
  const groups = mergeRare(before, after);
  const { psi, limit, reason } = stability(grouped(before, groups), grouped(after, groups));
  const clear = psi !== null && limit !== null && psi > limit;
  const light = clear && psi > psiLimits.harm ? 'harm' : clear && psi > psiLimits.warn ? 'warn' : 'good';
  return { psi, limit, light, ...(reason ? { reason } : {}) };
}
