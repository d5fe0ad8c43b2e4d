import type { SegmentFreeze } from '#core/contract/segments/views.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { segmentMembers } from '#core/segment/size.ts';
import type { Context } from '../../context.ts';
import { dataVersion } from '../../store/data-version.ts';
import { insertFreeze, segmentUses } from '../../store/segments/freezes.ts';
import { readSegment, updateFrozen } from '../../store/segments.ts';
import { measureSegment } from '../segmenting.ts';

/**
 * Freezes a segment with the people its condition picks now. Frozen by hand, they become the people experiments are
 * designed on, unless an experiment already rests on those before, which then stay; frozen for an export, they are kept
 * beside.
 *
 * @throws not_found, segment_empty, and as `checkCondition`
 */
export async function freezeSegment(
  context: Context,
  segmentId: string,
  { reason, usedBy, by }: { reason: 'by_hand' | 'export'; usedBy: string | null; by: string },
): Promise<SegmentFreeze> {
  const { engine } = context;
  const segment = await readSegment(engine, segmentId);
  const { size, picked } = await measureSegment(context, segment.condition, 'portfolio');
  if (size.customers === 0) throw new DomainError('segment_empty', { segment: segment.name });
  const at = context.now().toISOString();
  return engine.transaction(async (session) => {
    const current = reason === 'by_hand' && (await segmentUses(session, segmentId)).length === 0;
    const version = await dataVersion(session);
    const freeze = await insertFreeze(session, engine.dialect, {
      segmentId,
      size,
      members: segmentMembers(picked),
      dataVersion: version,
      reason,
      usedBy,
      current,
      at,
      by,
    });
    if (current) await updateFrozen(session, segmentId, size, version, at);
    return freeze;
  });
}
