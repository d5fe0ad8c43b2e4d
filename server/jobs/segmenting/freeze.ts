import type { Segment } from '#core/contract/segments/segments.ts';
import type { SegmentFreeze } from '#core/contract/segments/views.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { segmentMembers } from '#core/segment/size.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { dataVersion } from '../../store/data-version.ts';
import { lastSnapshot } from '../../store/portfolio/facts.ts';
import { insertFreeze, segmentUses } from '../../store/segments/freezes.ts';
import { readSegment, updateFrozen } from '../../store/segments/segments.ts';
import { measureSegment } from '../segmenting.ts';

type Members = Pick<Awaited<ReturnType<typeof measureSegment>>, 'size'> & { members: Sql; version: string };

/**
 * Picks the people of a condition and stores them in one transaction; again where newer balances were published meanwhile. The
 * figures of what is stored are counted there, as contacts and payments go on coming in.
 *
 * @throws segment_empty, and as `checkCondition`
 */
export async function storeMembers<T>(
  context: Context,
  { name, condition }: Pick<Segment, 'name' | 'condition'>,
  store: (session: Session, given: Members) => Promise<T & { size: { customers: number } }>,
): Promise<T> {
  const empty = () => new DomainError('segment_empty', { segment: name });
  for (;;) {
    const { size, picked } = await measureSegment(context, condition, 'portfolio');
    if (size.customers === 0) throw empty();
    const stored = await context.engine.transaction(async (session) => {
      if ((await lastSnapshot(session)) !== size.asOf) return null;
      const version = await dataVersion(session);
      const done = await store(session, { size, members: segmentMembers(picked), version });
      if (done.size.customers === 0) throw empty();
      return done;
    });
    if (stored) return stored;
  }
}

/**
 * Freezes a segment by hand, with the people its condition picks now. They become the people experiments are designed on, unless an
 * experiment already rests on those before, which then stay.
 *
 * @throws not_found, segment_empty, and as `checkCondition`
 */
export async function freezeSegment(context: Context, segmentId: string, by: string): Promise<SegmentFreeze> {
  const segment = await readSegment(context.engine, segmentId);
  const at = context.now().toISOString();
  const { freeze } = await storeMembers(context, segment, async (session, { size, members, version }) => {
    const current = (await segmentUses(session, segmentId)).length === 0;
    const frozen = await insertFreeze(session, context.engine.dialect, {
      ...{ segmentId, asOf: size.asOf, members, dataVersion: version, reason: 'by_hand' },
      ...{ usedBy: null, current, at, by },
    });
    if (current) await updateFrozen(session, segmentId, { ...size, ...frozen.size }, version, at);
    return frozen;
  });
  return freeze;
}
