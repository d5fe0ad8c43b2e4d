import type { z } from 'zod';
import type { segmentColumn } from '#core/contract/segments/segments.ts';
import { flagKinds } from '#core/portfolio/tables/people.ts';
import { factColumns, flagTitles, recencyColumns } from '#core/segment/columns.ts';
import {
  type CategoryRow,
  categoriesOf,
  factCategories,
  factRanges,
  type RangeRow,
  rangeOf,
} from '#core/segment/describe/summary.ts';
import { words } from '#core/segment/describe/words.ts';
import type { Context } from '../../context.ts';
import { missingTables } from '../../store/people/missing.ts';
import { remembered } from '../../store/remembered.ts';
import { preparedFacts } from '../../store/segments/prepared.ts';
import { currentFacts, type Facts, titlesOf } from '../segmenting.ts';

export type SegmentColumn = z.output<typeof segmentColumn>;

const plain = { family: null, values: null, minimum: null, maximum: null };

async function ownColumns(context: Context, facts: Facts): Promise<SegmentColumn[]> {
  const { engine } = context;
  const models = facts.scores.map(({ model }) => model);
  const relation = await preparedFacts(context, facts, []);
  const ranges = await engine.first<RangeRow>(factRanges(engine.dialect, relation, models));
  const found = await engine.rows<CategoryRow>(factCategories(engine.dialect, relation));
  const titles = await titlesOf(context, facts);
  return [
    ...factColumns.map(({ name, type, title }) => ({
      ...plain,
      name,
      type,
      title,
      ...(type === 'category' ? { values: categoriesOf(found, name) } : rangeOf(ranges, name)),
    })),
    ...models.map((name) => ({
      ...plain,
      name,
      type: 'score' as const,
      title: titles.score?.(name) ?? { es: name, en: name },
      ...rangeOf(ranges, name),
    })),
  ];
}

const recentFrom: Record<string, string> = {
  days_since_contact: 'contacts',
  days_since_reply: 'contacts',
  days_since_payment: 'payments',
  days_since_promise: 'promises',
};

/** Everything a condition may name here, with what there is to choose from. @throws no_snapshots */
export async function columnsOf(context: Context): Promise<SegmentColumn[]> {
  const facts = await currentFacts(context);
  const { vocabulary, sources } = facts;
  const question = `segment columns ${facts.asOf} ${JSON.stringify(facts.scores)}`;
  const own = await remembered(context.engine, question, () => ownColumns(context, facts));
  const empty = await missingTables(context.engine, ['contacts', 'payments', 'promises']);
  const families = new Map(sources.families.map(({ id, family }) => [id, family.text.title]));
  return [
    ...own,
    ...recencyColumns
      .filter(({ name }) => !empty.includes(recentFrom[name] ?? ''))
      .map(({ name, title }) => ({ ...plain, name, type: 'number' as const, title })),
    ...flagKinds.map((name) => ({
      ...plain,
      name,
      type: 'flag' as const,
      title: flagTitles[name] ?? { es: name, en: name },
    })),
    ...[...vocabulary.features].map(([name, { kind, title }]) => ({
      ...plain,
      name,
      type: kind === 'numeric' ? ('feature' as const) : ('feature_category' as const),
      title,
      family: families.get(name.slice(0, name.indexOf('.'))) ?? null,
    })),
    ...[...vocabulary.experiments].map(([name, { title, arms }]) => ({
      ...plain,
      name,
      type: 'experiment' as const,
      title: { es: title, en: title },
      values: [...arms],
    })),
    ...(empty.includes('contacts')
      ? []
      : [...vocabulary.styles].map(([name, title]) => ({ ...plain, name, type: 'style' as const, title }))),
    ...(vocabulary.channels.length
      ? [
          {
            ...plain,
            name: 'best_channel',
            type: 'channel' as const,
            title: words.channel,
            values: [...vocabulary.channels],
          },
        ]
      : []),
  ];
}
