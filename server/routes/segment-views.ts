import { contract } from '#core/contract/index.ts';
import type { SegmentFreeze } from '#core/contract/segments/views.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Context } from '../context.ts';
import { handle } from '../http/handle.ts';
import { wholeTable } from '../http/whole-table.ts';
import { criteriaOf } from '../jobs/segmenting/criteria.ts';
import { freezeSegment } from '../jobs/segmenting/freeze.ts';
import { historyOf } from '../jobs/segmenting/history.ts';
import { overlapOf } from '../jobs/segmenting/overlap.ts';
import { profileOf } from '../jobs/segmenting/profile.ts';
import { writeAudit } from '../store/audit.ts';
import { readFreeze, readFreezes } from '../store/segments/freezes.ts';
import { membersTable, readMembers } from '../store/segments/members.ts';
import { readingFacts } from '../store/segments/prepared.ts';
import { readSegment } from '../store/segments/segments.ts';
import { instant } from '../store/workspace.ts';

/** The freeze asked for, else the current one. @throws not_found */
async function freezeOf(
  { engine }: Context,
  segmentId: string,
  id: string | undefined,
): Promise<SegmentFreeze> {
  const segment = await readSegment(engine, segmentId);
  if (id) return readFreeze(engine, segment.id, id);
  const current = (await readFreezes(engine, segment.id)).find((one) => one.current);
  if (!current) throw new DomainError('not_found', { kind: 'segment freeze', id: segment.id });
  return current;
}

export const handlers = [
  handle(contract.segmentViews.criteria, ({ context }) => readingFacts(context, () => criteriaOf(context))),
  handle(contract.segmentViews.overlap, ({ context, input }) =>
    readingFacts(context, () => overlapOf(context, input.body)),
  ),
  handle(contract.segmentViews.profile, ({ context, input }) =>
    readingFacts(context, () => profileOf(context, input.params.segmentId, input.query.against)),
  ),
  handle(contract.segmentViews.members, async ({ context, principal, input }) => {
    const { segmentId } = input.params;
    const { limit, offset, sort, freeze: id } = input.query;
    const freeze = await freezeOf(context, segmentId, id);
    const masked = !principal.permissions.includes('personal:read');
    const found = await readMembers(context.engine, { segmentId, freeze, masked, sort }, { limit, offset });
    return { ...found, asOf: freeze.asOf, masked };
  }),
  handle(contract.segmentViews.table, async ({ context, principal, input }) => {
    const { segmentId } = input.params;
    const freeze = await freezeOf(context, segmentId, input.query.freeze);
    const masked = !principal.permissions.includes('personal:read');
    await writeAudit(context.engine, {
      at: instant(context.now()),
      by: principal.id,
      action: 'segment.downloaded',
      subject: segmentId,
      details: { accounts: freeze.accounts, masked },
    });
    return wholeTable(
      context.engine,
      membersTable({ segmentId, freeze, masked, sort: 'account_id' }),
      `segment-${freeze.asOf}`,
      input.query.format,
    );
  }),
  handle(contract.segmentViews.history, ({ context, input }) =>
    readingFacts(context, () => historyOf(context, input.params.segmentId)),
  ),
  handle(contract.segmentViews.freeze, ({ context, principal, input }) =>
    freezeSegment(context, input.params.segmentId, principal.id),
  ),
];
