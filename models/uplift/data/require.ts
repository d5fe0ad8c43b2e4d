import { DomainError } from '#core/errors/domain-error.ts';
import { requireOutcomes } from '../../training/check.ts';
import type { UpliftResult } from '../train.ts';
import type { Logged } from './logged.ts';

/**
 * Stops where decisions cannot be compared at all.
 *
 * @throws too_few_rows, one_class, uplift_no_attempts, uplift_no_untreated
 */
export function requireDecisions({ matrix, taken }: Logged): void {
  requireOutcomes(matrix.target, 'all');
  const rows = matrix.rows;
  if (taken.every((arm) => arm === 0)) throw new DomainError('uplift_no_attempts', { rows });
  if (!taken.includes(0)) throw new DomainError('uplift_no_untreated', { rows });
}

/** @throws uplift_no_overlap when no arm can be compared with doing nothing in any row */
export function requireOverlap({ effects, rows }: Pick<UpliftResult, 'effects' | 'rows'>): void {
  if (effects.every((effect) => effect.rows === 0)) throw new DomainError('uplift_no_overlap', { rows });
}
