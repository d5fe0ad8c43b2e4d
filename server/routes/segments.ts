import { v7 as uuidv7 } from 'uuid';
import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { flagKinds } from '#core/portfolio/tables/people.ts';
import { factColumns, flagTitles } from '#core/segment/columns.ts';
import { accountFacts } from '#core/segment/facts.ts';
import { segmentMembers } from '#core/segment/size.ts';
import {
  type CategoryRow,
  categoriesOf,
  factCategories,
  factRanges,
  type RangeRow,
  rangeOf,
} from '#core/segment/summary.ts';
import { handle } from '../http/handle.ts';
import { currentFacts, measureSegment } from '../jobs/segmenting.ts';
import { dataVersion } from '../store/data-version.ts';
import { versionTitles } from '../store/model-titles.ts';
import { insertSegment, readSegment, readSegments } from '../store/segments.ts';

export const handlers = [
  handle(contract.segments.columns, async ({ context }) => {
    const { engine, registry } = context;
    const { asOf, scores } = await currentFacts(engine);
    const facts = accountFacts(engine.dialect, asOf, scores);
    const models = scores.map(({ model }) => model);
    const ranges = await engine.first<RangeRow>(factRanges(engine.dialect, facts, models));
    const titles = await versionTitles(
      engine,
      registry,
      scores.map(({ versionId }) => versionId),
    );
    const found = await engine.rows<CategoryRow>(factCategories(engine.dialect, facts));
    const noRange = { minimum: null, maximum: null };
    return {
      columns: [
        ...factColumns.map(({ name, type, title }) => ({
          name,
          type,
          title,
          values: type === 'category' ? categoriesOf(found, name) : null,
          ...(type === 'category' ? noRange : rangeOf(ranges, name)),
        })),
        ...scores.map(({ model: name, versionId }) => ({
          name,
          type: 'score' as const,
          title: titles.get(versionId) ?? { es: name, en: name },
          values: null,
          ...rangeOf(ranges, name),
        })),
        ...flagKinds.map((name) => ({
          name,
          type: 'flag' as const,
          title: flagTitles[name] ?? { es: name, en: name },
          values: null,
          ...noRange,
        })),
      ],
    };
  }),
  handle(contract.segments.preview, async ({ context, input }) => {
    const { size } = await measureSegment(context, input.body.condition);
    return size;
  }),
  handle(contract.segments.create, async ({ context, principal, input }) => {
    const { name, condition } = input.body;
    const { size, picked } = await measureSegment(context, condition);
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
      insertSegment(session, segment, segmentMembers(picked), await dataVersion(session)),
    );
    return segment;
  }),
  handle(contract.segments.list, async ({ context }) => ({ segments: await readSegments(context.engine) })),
  handle(contract.segments.get, ({ context, input }) => readSegment(context.engine, input.params.segmentId)),
];
