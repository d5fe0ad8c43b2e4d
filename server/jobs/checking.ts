import * as check from '#core/contact/check.ts';
import { type BatchPlan, placeRules, planBatch, type Whereabouts } from '#core/contact/plan.ts';
import type { RuleKind, RuleStatus } from '#core/contact/rule.ts';
import { keyOf, type RuleSet } from '#core/contact/rule-set.ts';
import { addDays } from '#core/contact/wall-clock.ts';
import type { Batch } from '#core/contract/batches.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Design } from '#core/experiment/define.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../context.ts';
import type { Session } from '../engine/engine.ts';
import { insertBatch } from '../store/batches.ts';
import { requireFreshContacts } from '../store/contact-ledger.ts';
import { judgePlan } from './judging.ts';

export interface CheckRequest {
  batchId: string;
  experimentId: string;
  design: Design;
  touch: number;
  acceptedUnverifiedBy: string | null;
  by: string;
  today: string;
  tzVersion: string;
}

/**
 * Judges every assignment of an experiment for one touch at its planned instant, reserves the places of those cleared and stores why
 * the others are not. All in the session's transaction: a check that counts is a check that holds.
 *
 * @throws contacts_stale, nobody_assigned, send_in_past
 */
export async function checkBatch(context: Context, session: Session, request: CheckRequest): Promise<Batch> {
  const { dialect } = context.engine;
  const { design, experimentId, touch, batchId } = request;
  const assume = design.assume ?? null;
  const kinds = context.registry.rules as unknown as ReadonlyMap<string, RuleKind>;
  await requireFreshContacts(context, session, assume?.today);

  for (const drop of check.dropPlan) await session.run(drop);
  await session.run(check.planPeople(dialect, experimentId, design.arms, assume));
  const found = await session.rows<{
    jurisdiction: string;
    time_zone: string;
    channel: Whereabouts['channel'];
  }>(check.distinctPlaces);
  if (!found.length) throw new DomainError('nobody_assigned', { experiment: design.name });

  const asked = touch === 1 ? (design.sendOn ?? null) : null;
  if (asked && asked < request.today)
    throw new DomainError('send_in_past', { sendOn: asked, today: request.today });
  const plan = planBatch({
    places: found.map((row) => ({
      jurisdiction: row.jurisdiction,
      timeZone: row.time_zone,
      channel: row.channel,
    })),
    sets: [...context.registry.jurisdictions.values()] as unknown as RuleSet[],
    kinds,
    assume,
    sendOn: asked,
    from: addDays(request.today, 1),
    time: design.sendAt,
  });

  for (const statement of plan.offsets.length
    ? check.storeOffsets(dialect, plan.offsets, request.tzVersion)
    : [])
    await session.run(statement);
  const { notJudged } = await judgePlan(context, session, plan, {
    assume,
    experimentId,
    touch,
    aheadDays: 0,
  });
  const batch = { batchId, experimentId, touch };
  await session.run(check.insertExclusions(dialect, batch, plan.clauses));
  await session.run(check.insertChecks(batch));
  const result = await summarise(context, session, request, plan, notJudged, kinds);
  await insertBatch(session, result);
  for (const drop of check.dropPlan) await session.run(drop);
  return result;
}

async function summarise(
  context: Context,
  session: Session,
  request: CheckRequest,
  plan: BatchPlan,
  notJudged: Batch['notJudged'],
  kinds: ReadonlyMap<string, RuleKind>,
): Promise<Batch> {
  const id = request.batchId;
  const totals = await session.first<{
    cleared: number;
    first: string | null;
    last: string | null;
    closes: string | null;
  }>(sql`SELECT CAST(count(*) AS BIGINT) AS cleared, min(planned_at) AS first, max(planned_at) AS last, min(send_before) AS closes
    FROM contact_checks WHERE batch_id = ${id}`);
  const assigned = await session.first<{ n: number }>(
    raw('SELECT CAST(count(*) AS BIGINT) AS n FROM plan_people'),
  );
  const excluded = await session.rows<{
    rule: string;
    rule_set: string;
    rule_version: string;
    rule_status: RuleStatus;
    n: number;
    failing: number;
  }>(sql`SELECT rule, rule_set, rule_version, rule_status, ${context.engine.dialect.countIf(raw('decides'))} AS n,
      CAST(count(DISTINCT assignment_id) AS BIGINT) AS failing FROM exclusions WHERE batch_id = ${id}
    GROUP BY rule, rule_set, rule_version, rule_status ORDER BY n DESC, failing DESC, rule, rule_set, rule_status`);
  const perSet = await session.rows<{ rule_set: string; n: number }>(
    sql`SELECT rule_set, CAST(count(*) AS BIGINT) AS n FROM contact_checks WHERE batch_id = ${id} GROUP BY rule_set`,
  );
  const unverified = plan.clauses.filter((clause) => clause.status === 'to-verify');
  const known = new Map(
    unverified.map(({ setId, rule, source }) => [`${setId} ${rule}`, { ruleSet: setId, rule, source }]),
  );
  const titleOf = (rule: string): Text =>
    kinds.get(rule)?.text.title ?? placeRules[rule as keyof typeof placeRules];
  const now = context.now().toISOString();
  return {
    id,
    experimentId: request.experimentId,
    touch: request.touch,
    sendOn: plan.sendOn,
    plannedAt: { first: totals?.first ?? null, last: totals?.last ?? null },
    assigned: assigned?.n ?? 0,
    cleared: totals?.cleared ?? 0,
    excluded: excluded.map((row) => ({
      rule: row.rule,
      ruleSet: row.rule_set,
      version: row.rule_version,
      status: row.rule_status,
      title: titleOf(row.rule),
      n: row.n,
      failing: row.failing,
    })),
    ruleSets: plan.groups.map((group) => ({
      id: keyOf(group),
      version: group.map((set) => set.version).join('+'),
      status: weakest(group),
      cleared: perSet.find((row) => row.rule_set === keyOf(group))?.n ?? 0,
    })),
    unverified: [...known.values()],
    acceptedUnverifiedBy: request.acceptedUnverifiedBy,
    notJudged,
    assumptions: request.design.assume ?? null,
    reservedUntil: totals?.closes ?? now,
    checkedAt: now,
    by: request.by,
    state: 'reserved',
  };
}

const weakness: readonly RuleStatus[] = ['to-verify', 'secondary', 'primary', 'house'];

/** A chain of sources is as good as its weakest; house rules beside law do not count against it. */
const weakest = (group: readonly RuleSet[]): RuleStatus =>
  weakness.find((status) => group.some((set) => set.uses.some((use) => use.status === status))) ?? 'house';
