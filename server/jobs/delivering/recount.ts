import * as check from '#core/contact/check.ts';
import { planBatch, type Whereabouts } from '#core/contact/plan.ts';
import { distinctPlaces, planPeople } from '#core/contact/plan-people.ts';
import type { RuleKind } from '#core/contact/rule.ts';
import type { Batch } from '#core/contract/delivery/batches.ts';
import { touchesOfArms } from '#core/experiment/cadence/due.ts';
import { list, type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { requireFreshContacts } from '../../store/contact/contact-ledger.ts';
import { ruleSetsOf } from '../../store/contact/contact-rules.ts';
import { settleRows } from '../../store/delivery/marks.ts';
import { readDesign } from '../../store/experiments/designs.ts';
import { instant } from '../../store/workspace.ts';
import { judgePlan } from '../judging.ts';

/** A load whose instant lies so shortly before that of a check may have come after what the check saw. */
const marginMs = 3_600_000;

/** Live loads with contacts that a check may not have seen: whatever was loaded since, and what events told. */
async function newerLoads(session: Session, checkedAt: string): Promise<number[]> {
  const since = sql`CAST(${instant(new Date(Date.parse(checkedAt) - marginMs))} AS TIMESTAMP)`;
  const rows = await session.rows<{
    load_id: number;
  }>(sql`SELECT l.load_id FROM loads l LEFT JOIN event_days d ON d.load_id = l.load_id
    WHERE l.state = 'live' AND (l.loaded_at >= ${since} OR (d.load_id IS NOT NULL AND coalesce(d.closed_at >= ${since}, true))) ORDER BY l.load_id`);
  return rows.map(({ load_id }) => load_id);
}

/** Messages of a batch to people of whom those loads hold a contact, as a relation of those due. */
const touched = (batch: Batch, touches: Sql, loads: readonly number[]): Sql => sql`(
  SELECT k.assignment_id, k.customer_id, k.arm, k.channel, coalesce(x.send_window, '') AS send_window FROM contact_checks k
  SEMI JOIN (SELECT customer_id FROM contacts WHERE load_id IN ${list(loads)}) t ON t.customer_id = k.customer_id
  LEFT JOIN ${touches} x ON x.arm = k.arm AND x.touch = k.touch WHERE k.batch_id = ${batch.id} AND k.state IN ('reserved', 'sent'))`;

/**
 * Counts once more, before the messages of a cleared batch leave, what the caps and pauses of the rules count: whoever was contacted
 * meanwhile, as a load or an event told since the check, is kept back where a rule now says so. Only those people are judged.
 *
 * @throws contacts_stale
 */
export async function withholdOverCaps(
  context: Context,
  session: Session,
  exportId: string,
  batch: Batch,
): Promise<void> {
  const assume = batch.assumptions;
  await requireFreshContacts(context, session, assume?.today);
  const loads = await newerLoads(session, batch.checkedAt);
  if (!loads.length) return;
  const { dialect } = context.engine;
  const { design } = await readDesign(session, batch.experimentId);
  for (const drop of check.dropPlan) await session.run(drop);
  const due = touched(batch, touchesOfArms(dialect, design.arms), loads);
  await session.run(planPeople(due, assume));
  const places = await session.rows<{
    jurisdiction: string;
    time_zone: string;
    channel: Whereabouts['channel'];
    send_window: string;
  }>(distinctPlaces);
  if (places.length) {
    const kinds = context.registry.rules as unknown as ReadonlyMap<string, RuleKind>;
    const plan = planBatch({
      places: places.map((row) => ({
        jurisdiction: row.jurisdiction,
        timeZone: row.time_zone,
        channel: row.channel,
        window: row.send_window,
      })),
      sets: await ruleSetsOf(context, session),
      kinds,
      assume,
      sendOn: batch.sendOn,
      from: batch.sendOn,
      time: design.sendAt,
    });
    const clauses = plan.clauses.filter(({ rule }) => kinds.get(rule)?.judges === 'history');
    const { experimentId, touch } = batch;
    await judgePlan(context, session, { ...plan, clauses }, { assume, experimentId, touch, aheadDays: 0 });
    const rows = clauses.length
      ? await session.rows<{ seq: number }>(sql`SELECT CAST(r.seq AS BIGINT) AS seq FROM export_rows r
          WHERE r.export_id = ${exportId} AND r.state = 'pending' AND r.assignment_id IN (
            SELECT assignment_id FROM plan_failures WHERE clause IN ${list(clauses.map(({ clause }) => clause))}) ORDER BY r.seq`)
      : [];
    await settleRows(
      session,
      dialect,
      exportId,
      rows.map(({ seq }) => ({ seq, state: 'withheld' as const, reason: 'contacted' })),
      instant(context.now()),
    );
  }
  for (const drop of check.dropPlan) await session.run(drop);
}
