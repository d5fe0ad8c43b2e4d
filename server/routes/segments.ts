import { v7 as uuidv7 } from 'uuid';
import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { segmentMembers } from '#core/segment/size.ts';
import { handle } from '../http/handle.ts';
import { columnsOf } from '../jobs/segmenting/columns.ts';
import { measureSegment } from '../jobs/segmenting.ts';
import { dataVersion } from '../store/data-version.ts';
import { insertSegment, readSegment, readSegments } from '../store/segments.ts';

export const handlers = [
  handle(contract.segments.columns, async ({ context }) => ({ columns: await columnsOf(context) })),
  handle(contract.segments.preview, async ({ context, input }) => {
    const { size } = await measureSegment(context, input.body.condition);
    return size;
  }),
  handle(contract.segments.create, async ({ context, principal, input }) => {
    const { name, condition } = input.body;
    const { size, picked } = await measureSegment(context, condition, 'portfolio');
    if (size.customers === 0) throw new DomainError('segment_empty', { segment: name });
    const now = context.now().toISOString();
    const segment = {
      id: uuidv7(),
      name,
      condition,
      size,
      frozenAt: now,
      createdAt: now,
      by: principal.id,
    };
    await context.engine.transaction(async (session) =>
      insertSegment(
        session,
        context.engine.dialect,
        segment,
        segmentMembers(picked),
        await dataVersion(session),
      ),
    );
    return segment;
  }),
  handle(contract.segments.list, async ({ context }) => ({ segments: await readSegments(context.engine) })),
  handle(contract.segments.get, ({ context, input }) => readSegment(context.engine, input.params.segmentId)),
];
