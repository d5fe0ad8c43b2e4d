import { clockText, phoneZones } from '#core/contact/area-codes.ts';
import * as check from '#core/contact/check.ts';
import { planBatch } from '#core/contact/plan.ts';
import { distinctPlaces } from '#core/contact/plan-people.ts';
import type { RuleKind } from '#core/contact/rule.ts';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { Channel } from '#core/portfolio/tables/people.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { ruleSetsOf } from '../../store/contact/contact-rules.ts';
import { judgePlan } from '../judging.ts';

const sendAt = '10:00';

/**
 * What the contact rules say of each person of the temporary table `decided_people` (customer_id) on each channel, by the
 * statements that clear batches, at ten in the morning of their place on the first lawful day from `from` on. Leaves the
 * temporary table `decided_blocks` (customer_id, channel, rule): the first rule that keeps a channel closed.
 */
export async function judgeEveryone(
  context: Context,
  session: Session,
  from: string,
): Promise<{ decidedOn: string; notJudged: Batch['notJudged'] }> {
  const { dialect } = context.engine;
  const kinds = context.registry.rules as unknown as ReadonlyMap<string, RuleKind>;
  const sets = await ruleSetsOf(context, session);
  for (const drop of check.dropPlan) await session.run(drop);
  await session.run(
    sql`CREATE TEMPORARY TABLE plan_people AS
SELECT x.channel || ':' || d.customer_id AS assignment_id, d.customer_id, '' AS arm, x.channel, '' AS send_window,
  coalesce(nullif(c.jurisdiction, ''), '') AS jurisdiction, ${clockText} AS time_zone
FROM decided_people d CROSS JOIN decided_channels x LEFT JOIN current_customers c ON c.customer_id = d.customer_id
LEFT JOIN ${phoneZones} z ON z.customer_id = d.customer_id AND z.channel = x.channel`,
  );
  const places = await session.rows<{ jurisdiction: string; time_zone: string; channel: Channel }>(
    distinctPlaces,
  );
  const plan = planBatch({
    places: places.map((place) => ({ ...place, timeZone: place.time_zone })),
    sets,
    kinds,
    assume: null,
    sendOn: null,
    from,
    time: sendAt,
  });
  const { notJudged } = await judgePlan(context, session, plan, {
    assume: null,
    experimentId: '',
    touch: 0,
    aheadDays: 0,
  });
  const rules = dialect.inline(
    [
      ['clause', 'integer'],
      ['rule', 'text'],
    ],
    plan.clauses.map(({ clause, rule }) => [clause, rule]),
  );
  await session.run(sql`CREATE OR REPLACE TEMP TABLE decided_blocks AS
SELECT m.customer_id, m.channel, k.rule FROM (SELECT assignment_id, min(clause) AS clause FROM plan_failures GROUP BY assignment_id) f
JOIN plan_people m ON m.assignment_id = f.assignment_id JOIN ${rules} k ON k.clause = f.clause`);
  for (const drop of check.dropPlan) await session.run(drop);
  return { decidedOn: plan.sendOn, notJudged };
}
