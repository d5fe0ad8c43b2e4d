import type { Batch } from '../contract/delivery/batches.ts';
import { DomainError } from '../errors/domain-error.ts';

declare const cleared: unique symbol;
/** Something the contact rules have let through. Made by `clear` alone; a destination accepts nothing else. */
export type Cleared<T> = T & { readonly [cleared]: true };

export interface Clearance {
  /** The workspace's own instant, ISO 8601. */
  now: string;
  /** Nothing of a simulated portfolio reaches a person, so unverified rules need no acceptance there. */
  simulated: boolean;
  acceptedUnverifiedBy: string | null;
  /** Rules that excluded or passed people and whose source is not verified: "MX-CONDUSEF permission". */
  unverified: readonly string[];
}

/**
 * Lets a checked batch go to a destination.
 *
 * @throws batch_exported when it has left or was replaced; reservation_expired when its window has passed;
 * unverified_rules when a real send rests on unverified rules nobody accepted; nothing_cleared.
 */
export function clear(batch: Batch, given: Clearance): Cleared<Batch> {
  if (batch.state !== 'reserved')
    throw new DomainError('batch_exported', { batch: batch.id, state: batch.state });
  if (batch.cleared === 0)
    throw new DomainError('nothing_cleared', { batch: batch.id, excluded: batch.assigned });
  if (batch.reservedUntil <= given.now)
    throw new DomainError('reservation_expired', { batch: batch.id, until: batch.reservedUntil });
  if (given.unverified.length && !given.acceptedUnverifiedBy && !given.simulated)
    throw new DomainError('unverified_rules', { rules: given.unverified.join(', ') });
  return batch as Cleared<Batch>;
}
