import * as check from '#core/contact/check.ts';
import { type BatchPlan, clauseOf } from '#core/contact/plan.ts';
import type { RuleKind, RuleTables } from '#core/contact/rule.ts';
import { dateMs, dayMs } from '#core/contact/time/wall-clock.ts';
import type { Batch } from '#core/contract/delivery/batches.ts';
import type { Assumptions } from '#core/experiment/define.ts';
import { heldPeople } from '#core/holdout/entrants.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Context } from '../context.ts';
import type { Session } from '../engine/engine.ts';
import { workspaceNow } from '../store/contact/contact-ledger.ts';

export interface Judging {
  assume: Assumptions | null;
  /** The message judged: its own reservation does not count against it. */
  experimentId: string;
  touch: number;
  /** Days after the planned instants whose contacts and reservations are looked at besides. */
  aheadDays: number;
}

export interface Judged {
  notJudged: Batch['notJudged'];
  tables: RuleTables;
}

/**
 * Judges the people of the table `plan_people` (a batch, or one person on every channel) by a plan: leaves in
 * `plan_failures` each clause that each of them fails. The one path by which contact rules are applied.
 */
export async function judgePlan(
  context: Context,
  session: Session,
  plan: BatchPlan,
  judging: Judging,
): Promise<Judged> {
  const { dialect } = context.engine;
  const offsets = check.offsetRows(dialect, plan.offsets);
  const planned = plan.places.flatMap((place) => place.instants);
  const middle = planned.length ? planned : [dateMs(plan.sendOn)];
  await session.run(check.planPlaces(dialect, plan.places));
  await session.run(check.planClocks(dialect, plan.places));
  await session.run(check.planReadings(dialect, offsets));
  await session.run(
    check.planTouches(dialect, {
      from: Math.min(...middle) - (plan.horizonDays + 1) * dayMs,
      to: Math.max(...middle) + (plan.horizonDays + 1 + judging.aheadDays) * dayMs,
      now: (await workspaceNow(context, session, judging.assume?.today)).replace('Z', ''),
      experimentId: judging.experimentId,
      touch: judging.touch,
    }),
  );
  await session.run(check.planFailures);
  await session.run(check.forgottenFailures(clauseOf('forgotten')));
  await session.run(check.heldOutFailures(clauseOf('held-out'), heldPeople));
  const tables = check.ruleTables(dialect, judging.assume, offsets);
  return { notJudged: await applyRules(context, session, plan, tables, judging.assume), tables };
}

async function applyRules(
  context: Context,
  session: Session,
  plan: BatchPlan,
  tables: RuleTables,
  assume: Assumptions | null,
): Promise<Batch['notJudged']> {
  const { dialect } = context.engine;
  const kinds = context.registry.rules as unknown as ReadonlyMap<string, RuleKind>;
  const notJudged: Batch['notJudged'] = [];
  const stated = new Set<string>(assume?.validAddress ? ['contact_points'] : []);
  for (const [rule, kind] of kinds) {
    const clauses = plan.clauses.filter((clause) => clause.rule === rule);
    if (!clauses.length) continue;
    const missing: string[] = [];
    for (const table of kind.needs.filter((name) => !stated.has(name)))
      if (!(await session.first(sql`SELECT 1 AS one FROM ${raw(`current_${table}`)} LIMIT 1`)))
        missing.push(table);
    if (missing.length) notJudged.push({ rule, tables: missing });
    else await session.run(check.ruleFailures(dialect, kind, clauses, tables));
  }
  return notJudged;
}
