import type { SegmentFreeze } from '#core/contract/segments/views.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { segmentMembers } from '#core/segment/size.ts';
import type { Context } from '../../context.ts';
import { dataVersion } from '../../store/data-version.ts';
import { insertFreeze, segmentUses } from '../../store/segments/freezes.ts';
import { readSegment, updateFrozen } from '../../store/segments.ts';
import { measureSegment } from '../segmenting.ts';

/**
 * Freezes a segment by hand, with the people its condition picks now. They become the people experiments are designed on, unless an
 * experiment already rests on those before, which then stay.
 *
 * @throws not_found, segment_empty, and as `checkCondition`
 */
export async function freezeSegment(context: Context, segmentId: string, by: string): Promise<SegmentFreeze> {
  const { engine } = context;
  const segment = await readSegment(engine, segmentId);
  const { size, picked } = await measureSegment(context, segment.condition, 'portfolio');
  if (size.customers === 0) throw new DomainError('segment_empty', { segment: segment.name });
  const at = context.now().toISOString();
  return engine.transaction(async (session) => {
    const current = (await segmentUses(session, segmentId)).length === 0;
    const version = await dataVersion(session);
    const freeze = await insertFreeze(session, engine.dialect, {
      segmentId,
      size,
      members: segmentMembers(picked),
      dataVersion: version,
      reason: 'by_hand',
      usedBy: null,
      current,
      at,
      by,
    });
    if (current) await updateFrozen(session, segmentId, size, version, at);
    return freeze;
  });
}
