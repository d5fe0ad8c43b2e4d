import type { LookBounds } from './bounds.ts';
import type { Compared } from './judgement.ts';

export type Crossed = 'none' | 'better' | 'worse' | 'equivalent' | 'futile';

/** An arm as it stands while looks are walked through, at the last look it was compared at. */
export interface Standing {
  arm: string;
  look: number | null;
  crossed: Crossed;
  compared: Compared | null;
  bounds: LookBounds | null;
  level: number;
}

/** Estimate over its standard error; null where either is missing. */
export const zOf = ({ estimate, standardError }: Compared): number | null =>
  estimate === null || standardError === null || !(standardError > 0) ? null : estimate / standardError;

export function intervalOf({ compared, bounds }: Standing): { lower: number | null; upper: number | null } {
  if (!compared || !bounds || compared.estimate === null || compared.standardError === null)
    return { lower: null, upper: null };
  if (!Number.isFinite(bounds.critical)) return { lower: null, upper: null };
  const half = bounds.critical * compared.standardError;
  return { lower: compared.estimate - half, upper: compared.estimate + half };
}

/** Whether an arm's null hypothesis was rejected, so that its share of alpha passes to the others. */
export function isRejected({ compared, bounds }: Standing): boolean {
  const z = compared && zOf(compared);
  return z !== null && bounds !== null && Math.abs(z) >= bounds.critical;
}
