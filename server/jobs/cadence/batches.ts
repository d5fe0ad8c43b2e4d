import { DomainError } from '#core/errors/domain-error.ts';
import type { Session } from '../../engine/engine.ts';
import { readLiveBatches, releaseBatch } from '../../store/contact/batches.ts';
import { abandonDeadExports } from '../../store/delivery/exports.ts';
import type { DesignRecord } from '../../store/experiments/designs.ts';

/**
 * Gives back what was reserved for a touch and has not left, so that it is judged afresh. What left stays, and where that is asked
 * what is leaving too: its people have been taken, and a run may be held for days. The last batch that left is returned, null where
 * none has.
 *
 * @throws already_sent while one is being handed over that was not to stay
 */
export async function replaceBatches(
  session: Session,
  record: DesignRecord,
  touch: number,
  at: string,
  leavingStays = false,
): Promise<string | null> {
  for (const { batch_id } of await readLiveBatches(session, record.id, touch))
    await abandonDeadExports(session, batch_id, at);
  const live = await readLiveBatches(session, record.id, touch);
  const leaving = live.find(({ state }) => state === 'exporting');
  if (leaving && !leavingStays)
    throw new DomainError('already_sent', {
      touch,
      experiment: record.design.name,
      batch: leaving.batch_id,
    });
  for (const { batch_id, state } of live) if (state === 'reserved') await releaseBatch(session, batch_id);
  return live.findLast(({ state }) => state === 'exported')?.batch_id ?? null;
}
