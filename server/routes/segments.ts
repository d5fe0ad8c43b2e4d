import { v7 as uuidv7 } from 'uuid';
import { contract } from '#core/contract/index.ts';
import { handle } from '../http/handle.ts';
import { columnsOf } from '../jobs/segmenting/columns.ts';
import { storeMembers } from '../jobs/segmenting/freeze.ts';
import { measureSegment } from '../jobs/segmenting.ts';
import { readingFacts } from '../store/segments/prepared.ts';
import { insertSegment, readSegment, readSegments } from '../store/segments/segments.ts';

export const handlers = [
  handle(contract.segments.columns, async ({ context }) => ({
    columns: await readingFacts(context, () => columnsOf(context)),
  })),
  handle(contract.segments.preview, async ({ context, input }) => {
    const { size } = await readingFacts(context, () => measureSegment(context, input.body.condition));
    return size;
  }),
  handle(contract.segments.create, async ({ context, principal, input }) => {
    const { name, condition } = input.body;
    const now = context.now().toISOString();
    return storeMembers(context, { name, condition }, (session, { size, members, version }) =>
      insertSegment(
        session,
        context.engine.dialect,
        { id: uuidv7(), name, condition, size, frozenAt: now, createdAt: now, by: principal.id },
        members,
        version,
      ),
    );
  }),
  handle(contract.segments.list, async ({ context }) => ({ segments: await readSegments(context.engine) })),
  handle(contract.segments.get, ({ context, input }) => readSegment(context.engine, input.params.segmentId)),
];
