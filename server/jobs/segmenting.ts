import type { Segment } from '#core/contract/segments.ts';
import { checkCondition, compileCondition } from '#core/segment/compile.ts';
import type { Condition } from '#core/segment/condition.ts';
import { describeCondition } from '#core/segment/describe.ts';
import { accountFacts, type ScoreSource } from '#core/segment/facts.ts';
import { countSegment, type Picked, segmentMembers, sumArrears } from '#core/segment/size.ts';
import { showSql } from '#core/sql/show.ts';
import type { Context } from '../context.ts';
import type { Session } from '../engine/engine.ts';
import { lastSnapshot, scoreSources } from '../store/facts.ts';
import { versionTitles } from '../store/model-titles.ts';

/** The account facts of the last snapshot, with the scores given on its date. */
export interface Facts {
  asOf: string;
  scores: ScoreSource[];
}

/** @throws no_snapshots */
export async function currentFacts(session: Session): Promise<Facts> {
  const asOf = await lastSnapshot(session);
  return { asOf, scores: await scoreSources(session, asOf) };
}

/** A condition over those facts, once it is known to mean something. @throws as `checkCondition` */
export function pick(context: Context, facts: Facts, condition: Condition): Picked {
  const { dialect } = context.engine;
  checkCondition(
    condition,
    facts.scores.map(({ model }) => model),
  );
  return {
    facts: accountFacts(dialect, facts.asOf, facts.scores),
    predicate: compileCondition(condition, dialect),
  };
}

/** How many people a condition picks today, and what they owe by currency. */
export async function measureSegment(
  context: Context,
  condition: Condition,
): Promise<{ size: Segment['size']; picked: Picked }> {
  const { engine } = context;
  const facts = await currentFacts(engine);
  const picked = pick(context, facts, condition);
  const called = await versionTitles(
    engine,
    context.registry,
    facts.scores.map(({ versionId }) => versionId),
  );
  const titles = new Map(facts.scores.map(({ model, versionId }) => [model, called.get(versionId)]));
  const counted = await engine.first<{ accounts: number; customers: number }>(
    countSegment(engine.dialect, picked),
  );
  const arrears = await engine.rows<{ currency: string; amount: string | null }>(sumArrears(picked));
  return {
    picked,
    size: {
      customers: counted?.customers ?? 0,
      accounts: counted?.accounts ?? 0,
      asOf: facts.asOf,
      arrears: arrears.flatMap(({ currency, amount }) => (amount === null ? [] : [{ currency, amount }])),
      description: describeCondition(condition, (model) => titles.get(model)),
      sql: showSql(segmentMembers(picked)),
    },
  };
}
