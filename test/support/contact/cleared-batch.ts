import { type Cleared, clear } from '#core/contact/clear.ts';
import type { Batch } from '#core/contract/delivery/batches.ts';

export const plainBatch = (cleared: number): Batch => ({
  id: 'batch',
  experimentId: 'exp',
  touch: 1,
  sendOn: '2026-03-03',
  plannedAt: { first: '2026-03-03T15:00:00Z', last: '2026-03-03T15:00:00Z' },
  assigned: cleared,
  cleared,
  excluded: [],
  ruleSets: [{ id: 'CO-2300', version: '1', status: 'primary', cleared }],
  unverified: [],
  acceptedUnverifiedBy: null,
  notJudged: [],
  assumptions: null,
  reservedUntil: '2026-03-04T00:00:00Z',
  checkedAt: '2026-03-02T12:00:00Z',
  by: 'owner',
  state: 'reserved',
});

/** A batch that passed the gate. */
export const clearedBatch = (cleared: number): Cleared<Batch> =>
  clear(plainBatch(cleared), {
    now: '2026-03-02T00:00:00Z',
    simulated: false,
    acceptedUnverifiedBy: null,
    unverified: [],
  });
