import type { Segment } from '#core/contract/segments/segments.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Design } from '#core/experiment/define.ts';
import { judgePeople } from '#core/experiment/eligibility.ts';
import { factsAsked } from '#core/segment/asked.ts';
import { accountFacts, type ScoreSource } from '#core/segment/facts.ts';
import { segmentMembers } from '#core/segment/size.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { occupying } from '../../store/experiments/layers.ts';
import { lastSnapshot, scoreSources } from '../../store/portfolio/facts.ts';
import { readSegment, segmentMembersOf } from '../../store/segments/segments.ts';
import { readSources } from '../../store/segments/sources.ts';
import { workspaceToday } from '../../store/workspace.ts';
import { currentFacts, pick } from '../segmenting.ts';
import { atTheirCap } from './headroom.ts';

/** The model whose score is the chance of clearing: it is stratified by and takes variance away. */
export const clearingModel = 'self-cure';

/** The people a design is about, as relations. */
export interface DesignPeople {
  segment: Segment;
  asOf: string;
  today: string;
  scores: ScoreSource[];
  /** Scores of the clearing model, or null. */
  score: ScoreSource | null;
  facts: Sql;
  members: Sql;
  /** customer_id and the reason that keeps them out, or NULL. */
  judged: Sql;
}

interface Asking {
  design: Design;
  segment: Segment;
  asOf: string;
  scores: ScoreSource[];
  facts: Sql;
  members: Sql;
  /** The experiment that asks, whose people stay out; null before it has any. */
  own: string | null;
}

async function judged(context: Context, asking: Asking): Promise<DesignPeople> {
  const { engine } = context;
  const { design, segment, asOf, scores, facts, members, own } = asking;
  const today = await workspaceToday(context, design.assume?.today);
  return {
    segment,
    asOf,
    today,
    scores,
    score: scores.find((source) => source.model === clearingModel) ?? null,
    facts,
    members,
    judged: judgePeople(engine.dialect, {
      members,
      asOf,
      today,
      channels: design.arms.flatMap((arm) => arm.touches.map((touch) => touch.channel)),
      assume: design.assume,
      running: await occupying(engine, { layer: design.layer, today, own }),
      atTheirCap: await atTheirCap(context, design, members, today),
    }),
  };
}

/**
 * @throws not_found, segment_empty, no_snapshots, data_changed when there are newer balances than those the segment
 * was saved with
 */
export async function peopleOf(context: Context, design: Design): Promise<DesignPeople> {
  const { engine } = context;
  const segment = await readSegment(engine, design.segmentId);
  if (segment.size.customers === 0) throw new DomainError('segment_empty', { segment: segment.name });
  const asOf = await lastSnapshot(engine);
  if (asOf !== segment.size.asOf) throw new DomainError('data_changed', { name: segment.name });
  const scores = await scoreSources(engine, asOf);
  const sources = await readSources(context, asOf, await workspaceToday(context));
  const facts = accountFacts(engine.dialect, asOf, scores, {
    ...sources,
    asked: factsAsked(segment.condition),
  });
  return judged(context, {
    design,
    segment,
    asOf,
    scores,
    facts,
    members: segmentMembersOf(segment.id),
    own: null,
  });
}

/**
 * Whom a running experiment's segment picks by the newest balances, those already drawn into it left out by name.
 *
 * @throws not_found, no_snapshots, and as `checkCondition` where the condition asks for scores nobody has given on that date
 */
export async function newcomersOf(context: Context, design: Design, own: string): Promise<DesignPeople> {
  const { engine } = context;
  const segment = await readSegment(engine, design.segmentId);
  const current = await currentFacts(context);
  const picked = pick(context, current, segment.condition);
  return judged(context, {
    design,
    segment,
    asOf: current.asOf,
    scores: current.scores,
    facts: picked.facts,
    members: segmentMembers(picked),
    own,
  });
}
