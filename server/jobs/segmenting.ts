import type { Segment } from '#core/contract/segments/segments.ts';
import { factsAsked } from '#core/segment/asked.ts';
import { checkCondition } from '#core/segment/check.ts';
import { compileCondition } from '#core/segment/compile.ts';
import type { Condition } from '#core/segment/condition.ts';
import { describeCondition, type Titles } from '#core/segment/describe/describe.ts';
import type { Vocabulary } from '#core/segment/describe/vocabulary.ts';
import { accountFacts, type ScoreSource } from '#core/segment/facts.ts';
import type { FactSources } from '#core/segment/parts.ts';
import { type Picked, readSize, type SizeRow, segmentMembers, sizeOf } from '#core/segment/size.ts';
import { showSql } from '#core/sql/show.ts';
import type { Context } from '../context.ts';
import { versionTitles } from '../store/models/model-titles.ts';
import { lastSnapshot, scoreSources } from '../store/portfolio/facts.ts';
import { preparedFacts } from '../store/segments/prepared.ts';
import { readSources, readVocabulary } from '../store/segments/sources.ts';
import { workspaceToday } from '../store/workspace.ts';

/** The account facts of the last snapshot: the scores given on its date, and what else a condition may ask for. */
export interface Facts {
  asOf: string;
  scores: ScoreSource[];
  sources: FactSources;
  vocabulary: Vocabulary;
}

/** @throws no_snapshots */
export async function currentFacts(context: Context): Promise<Facts> {
  const { engine } = context;
  const asOf = await lastSnapshot(engine);
  const scores = await scoreSources(engine, asOf);
  const sources = await readSources(context, asOf, await workspaceToday(context));
  return { asOf, scores, sources, vocabulary: await readVocabulary(context, asOf, sources) };
}

/** A condition over those facts, once it is known to mean something. @throws as `checkCondition` */
export function pick(context: Context, facts: Facts, condition: Condition): Picked {
  const { dialect } = context.engine;
  checkCondition(condition, facts.vocabulary);
  return {
    facts: accountFacts(dialect, facts.asOf, facts.scores, {
      ...facts.sources,
      asked: factsAsked(condition),
    }),
    predicate: compileCondition(condition, dialect),
  };
}

/** The same people out of facts kept ready, for figures wanted at once. @throws as `checkCondition` */
export async function pickReady(context: Context, facts: Facts, condition: Condition): Promise<Picked> {
  checkCondition(condition, facts.vocabulary);
  return {
    facts: await preparedFacts(context, facts, factsAsked(condition)),
    predicate: compileCondition(condition, context.engine.dialect),
  };
}

/** What models, features, experiments and styles are called. */
export async function titlesOf(context: Context, { scores, vocabulary }: Facts): Promise<Titles> {
  const called = await versionTitles(
    context.engine,
    context.registry,
    scores.map(({ versionId }) => versionId),
  );
  const models = new Map(scores.map(({ model, versionId }) => [model, called.get(versionId)]));
  return {
    score: (model) => models.get(model),
    feature: (name) => vocabulary.features.get(name)?.title,
    experiment: (id) => vocabulary.experiments.get(id)?.title,
    style: (id) => vocabulary.styles.get(id),
  };
}

/**
 * How many people a condition picks today, and what they owe by currency.
 *
 * @param from out of the facts kept ready, or, where members are stored beside the figures, of the portfolio itself
 */
export async function measureSegment(
  context: Context,
  condition: Condition,
  from: 'ready' | 'portfolio' = 'ready',
): Promise<{ size: Segment['size']; picked: Picked; facts: Facts }> {
  const { engine } = context;
  const facts = await currentFacts(context);
  const picked = pick(context, facts, condition);
  const ready = from === 'ready' ? await pickReady(context, facts, condition) : picked;
  const counted = readSize(await engine.rows<SizeRow>(sizeOf(engine.dialect, ready)));
  return {
    picked,
    facts,
    size: {
      ...counted,
      asOf: facts.asOf,
      description: describeCondition(condition, await titlesOf(context, facts)),
      sql: showSql(segmentMembers(picked)),
    },
  };
}
