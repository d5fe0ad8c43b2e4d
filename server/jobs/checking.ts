import * as check from '#core/contact/check.ts';
import { acceptedName } from '#core/contact/house/changes.ts';
import { acceptedBy } from '#core/contact/house/views.ts';
import { type BatchPlan, placeRules, planBatch, type Whereabouts } from '#core/contact/plan.ts';
import { distinctPlaces, planPeople } from '#core/contact/plan-people.ts';
import type { RuleKind, RuleStatus } from '#core/contact/rule.ts';
import { type KnownClause, keyOf, type RuleSet } from '#core/contact/rule-set.ts';
import type { Batch } from '#core/contract/delivery/batches.ts';
import { dueTouches } from '#core/experiment/cadence/due.ts';
import type { Arm, Design } from '#core/experiment/define.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../context.ts';
import type { Session } from '../engine/engine.ts';
import { insertBatch } from '../store/contact/batches.ts';
import { requireFreshContacts, workspaceNow } from '../store/contact/contact-ledger.ts';
import { insertChange, readChanges, ruleSetsOf } from '../store/contact/contact-rules.ts';
import { instant } from '../store/workspace.ts';
import { judgePlan } from './judging.ts';

export interface CheckRequest {
  batchId: string;
  experimentId: string;
  design: Design;
  touch: number;
  /** Arms that are open. */
  arms: readonly Arm[];
  /** Whether people kept back when the touch left are passed over. */
  once: boolean;
  /** Whose day for the touch has come by this one is judged. */
  dueBy: string;
  /** Day of the send; null: the first from `dueBy` on that is lawful for all. */
  sendOn: string | null;
  acceptedUnverifiedBy: string | null;
  by: string;
  tzVersion: string;
}

/**
 * Judges everybody due for one touch of an experiment at its planned instant, reserves the places of those cleared and stores why
 * the others are not. All in the session's transaction: a check that counts is a check that holds. null when nobody is due.
 *
 * @throws contacts_stale
 */
export async function checkBatch(
  context: Context,
  session: Session,
  request: CheckRequest,
): Promise<Batch | null> {
  const { dialect } = context.engine;
  const { design, experimentId, touch, batchId, arms, dueBy } = request;
  const checkedAt = context.now().toISOString();
  const assume = design.assume ?? null;
  const kinds = context.registry.rules as unknown as ReadonlyMap<string, RuleKind>;
  await requireFreshContacts(context, session, assume?.today);

  for (const drop of check.dropPlan) await session.run(drop);
  const due = dueTouches(dialect, { experimentId, arms, once: request.once }, { touch, by: dueBy });
  await session.run(planPeople(due, assume));
  const found = await session.rows<{
    jurisdiction: string;
    time_zone: string;
    channel: Whereabouts['channel'];
    send_window: string;
  }>(distinctPlaces);
  if (!found.length) return null;

  const plan = planBatch({
    places: found.map((row) => ({
      jurisdiction: row.jurisdiction,
      timeZone: row.time_zone,
      channel: row.channel,
      window: row.send_window,
    })),
    sets: await ruleSetsOf(context, session),
    kinds,
    assume,
    sendOn: request.sendOn,
    from: dueBy,
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
  const result = await summarise(context, session, request, { plan, notJudged, kinds, checkedAt });
  await insertBatch(session, result);
  for (const drop of check.dropPlan) await session.run(drop);
  return result;
}

async function summarise(
  context: Context,
  session: Session,
  request: CheckRequest,
  judged: {
    plan: BatchPlan;
    notJudged: Batch['notJudged'];
    kinds: ReadonlyMap<string, RuleKind>;
    /** When it began: what is told from then on is not in it. */
    checkedAt: string;
  },
): Promise<Batch> {
  const { plan, notJudged, kinds, checkedAt } = judged;
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
  const accepted = await acceptanceOf(context, session, request, unverified);
  const titleOf = (rule: string): Text =>
    kinds.get(rule)?.text.title ?? placeRules[rule as keyof typeof placeRules];
  const newest = await session.first<{ as_of: string | null }>(
    raw('SELECT max(as_of) AS as_of FROM current_snapshots'),
  );
  return {
    id,
    experimentId: request.experimentId,
    touch: request.touch,
    sendOn: plan.sendOn,
    ...(newest?.as_of ? { asOf: newest.as_of } : {}),
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
    acceptedUnverifiedBy: accepted,
    notJudged,
    assumptions: request.design.assume ?? null,
    reservedUntil: totals?.closes ?? checkedAt,
    checkedAt,
    clearedAt: await workspaceNow(context, session, request.design.assume?.today),
    by: request.by,
    state: 'reserved',
  };
}

/** Who answers for the unverified rules: the person named with the check, which is written down; else whoever accepted each before. */
async function acceptanceOf(
  context: Context,
  session: Session,
  request: CheckRequest,
  unverified: readonly KnownClause[],
): Promise<string | null> {
  const name = request.acceptedUnverifiedBy;
  const rules = unverified.map(({ setId, version, rule }) => ({ ruleSet: setId, version, rule }));
  if (name === null) return acceptedBy(rules, await readChanges(session));
  if (rules.length)
    await insertChange(session, {
      at: instant(context.now()),
      by: request.by,
      name,
      why: request.batchId,
      change: {
        kind: 'acceptance',
        rules: [...new Set(rules.map(acceptedName))],
        batchId: request.batchId,
      },
    });
  return name;
}

const weakness: readonly RuleStatus[] = ['to-verify', 'secondary', 'primary', 'house'];

/** A chain of sources is as good as its weakest; house rules beside law do not count against it. */
const weakest = (group: readonly RuleSet[]): RuleStatus =>
  weakness.find((status) => group.some((set) => set.uses.some((use) => use.status === status))) ?? 'house';
