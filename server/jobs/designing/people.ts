import type { Segment } from '#core/contract/segments.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Design } from '#core/experiment/define.ts';
import { judgePeople } from '#core/experiment/eligibility.ts';
import { accountFacts, type ScoreSource } from '#core/segment/facts.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { runningExperiments } from '../../store/designs.ts';
import { lastSnapshot, scoreSources } from '../../store/facts.ts';
import { readSegment, segmentMembersOf } from '../../store/segments.ts';
import { workspaceToday } from '../../store/workspace.ts';

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
  const today = await workspaceToday(context, design.assume?.today);
  const scores = await scoreSources(engine, asOf);
  const members = segmentMembersOf(segment.id);
  return {
    segment,
    asOf,
    today,
    scores,
    score: scores.find((source) => source.model === clearingModel) ?? null,
    facts: accountFacts(engine.dialect, asOf, scores),
    members,
    judged: judgePeople(engine.dialect, {
      members,
      asOf,
      today,
      channels: design.arms.flatMap((arm) => arm.touches.map((touch) => touch.channel)),
      assume: design.assume,
      running: await runningExperiments(engine, today),
    }),
  };
}
