import type { ExpectedCost, Holdout, HoldoutPlan } from '#core/contract/experiments/holdouts.ts';
import { holdoutPlan } from '#core/contract/experiments/holdouts.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { releaseTitles } from '#core/holdout/words.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

interface HoldoutRow {
  holdout_id: string;
  state: Holdout['state'];
  plan: string;
  salt: string;
  expected: string;
  created_at: string;
  by_principal: string;
  approved_by: string | null;
  approval_note: string | null;
  approved_at: string | null;
  ended_at: string | null;
}

export interface HoldoutRecord {
  id: string;
  state: Holdout['state'];
  plan: HoldoutPlan;
  salt: string;
}

const asRecord = (row: HoldoutRow): HoldoutRecord => ({
  id: row.holdout_id,
  state: row.state,
  plan: holdoutPlan.parse(JSON.parse(row.plan)),
  salt: row.salt,
});

const readRow = async (session: Session, id: string): Promise<HoldoutRow> => {
  const row = await session.first<HoldoutRow>(sql`SELECT * FROM contact_holdouts WHERE holdout_id = ${id}`);
  if (!row) throw new DomainError('not_found', { kind: 'holdout', id });
  return row;
};

/** @throws not_found */
export const readHoldout = async (session: Session, id: string): Promise<HoldoutRecord> =>
  asRecord(await readRow(session, id));

/** The one under way, if any. */
export async function runningHoldout(session: Session): Promise<HoldoutRecord | null> {
  const row = await session.first<HoldoutRow>(
    sql`SELECT * FROM contact_holdouts WHERE state = 'running' ORDER BY holdout_id LIMIT 1`,
  );
  return row ? asRecord(row) : null;
}

export async function insertHoldout(
  session: Session,
  given: { id: string; plan: HoldoutPlan; expected: ExpectedCost; at: string; by: string },
): Promise<void> {
  await session.run(sql`INSERT INTO contact_holdouts (holdout_id, state, plan, salt, expected, created_at, by_principal)
    VALUES (${given.id}, 'proposed', ${JSON.stringify(given.plan)}, ${given.id}, ${JSON.stringify(given.expected)}, ${given.at.replace('Z', '')}, ${given.by})`);
}

/** Sets it going by a named person's word. @throws not_found, holdout_state, holdout_running */
export async function approveHoldout(
  session: Session,
  id: string,
  given: { name: string; note: string; at: string },
): Promise<void> {
  const { state } = await readHoldout(session, id);
  if (state !== 'proposed') throw new DomainError('holdout_state', { state });
  const other = await runningHoldout(session);
  if (other) throw new DomainError('holdout_running', { name: other.plan.name });
  await session.run(sql`UPDATE contact_holdouts SET state = 'running', approved_by = ${given.name}, approval_note = ${given.note},
    approved_at = ${given.at.replace('Z', '')} WHERE holdout_id = ${id}`);
}

/** Ends it and releases everybody held. @throws not_found, holdout_state */
export async function endHoldout(session: Session, id: string, at: string, today: string): Promise<void> {
  const { state } = await readHoldout(session, id);
  if (state === 'ended') throw new DomainError('holdout_state', { state });
  await session.run(sql`UPDATE holdout_people SET released_on = CAST(${today} AS DATE), released_for = 'ended'
    WHERE holdout_id = ${id} AND held AND released_on IS NULL`);
  await session.run(
    sql`UPDATE contact_holdouts SET state = 'ended', ended_at = ${at.replace('Z', '')} WHERE holdout_id = ${id}`,
  );
}

/** A holdout as people see it. @throws not_found */
export async function describeHoldout(session: Session, id: string): Promise<Holdout> {
  const row = await readRow(session, id);
  const people = await session.first<{ drawn: number; held: number; now: number }>(sql`
    SELECT CAST(count(*) AS BIGINT) AS drawn, CAST(count(*) FILTER (WHERE held) AS BIGINT) AS held,
      CAST(count(*) FILTER (WHERE held AND released_on IS NULL) AS BIGINT) AS now FROM holdout_people WHERE holdout_id = ${id}`);
  const released = await session.rows<{ reason: string; n: number }>(sql`
    SELECT released_for AS reason, CAST(count(*) AS BIGINT) AS n FROM holdout_people
    WHERE holdout_id = ${id} AND held AND released_on IS NOT NULL GROUP BY released_for ORDER BY n DESC, reason`);
  return {
    id,
    state: row.state,
    plan: holdoutPlan.parse(JSON.parse(row.plan)),
    expected: JSON.parse(row.expected) as ExpectedCost,
    people: { drawn: people?.drawn ?? 0, held: people?.held ?? 0, heldNow: people?.now ?? 0 },
    released: released.map((one) => ({
      ...one,
      title: releaseTitles[one.reason] ?? { es: one.reason, en: one.reason },
    })),
    createdAt: row.created_at,
    by: row.by_principal,
    approvedBy: row.approved_by,
    approvalNote: row.approval_note,
    approvedAt: row.approved_at,
    endedAt: row.ended_at,
  };
}

/** All of them, the newest first. */
export async function describeHoldouts(session: Session): Promise<Holdout[]> {
  const rows = await session.rows<{ holdout_id: string }>(
    sql`SELECT holdout_id FROM contact_holdouts ORDER BY created_at DESC, holdout_id DESC`,
  );
  return Promise.all(rows.map(({ holdout_id }) => describeHoldout(session, holdout_id)));
}
