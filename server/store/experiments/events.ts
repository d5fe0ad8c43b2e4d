import type { ExperimentEvent } from '#core/contract/experiments/lifecycle.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** What happened to an experiment, in the order in which it was written. */
export async function readEvents(session: Session, experimentId: string): Promise<ExperimentEvent[]> {
  const rows = await session.rows<{
    kind: ExperimentEvent['kind'];
    arm: string | null;
    on_day: string;
    happened_at: string;
    by_principal: string;
    reason: string;
    plan_version: number;
  }>(sql`SELECT kind, arm, on_day, happened_at, by_principal, reason, plan_version FROM experiment_events
    WHERE experiment_id = ${experimentId} ORDER BY seq`);
  return rows.map((row) => ({
    kind: row.kind,
    arm: row.arm,
    on: row.on_day,
    at: row.happened_at,
    by: row.by_principal,
    reason: row.reason,
    planVersion: row.plan_version,
  }));
}

/** Adds what happened; its place in the order is the next one. */
export async function insertEvent(
  session: Session,
  experimentId: string,
  event: ExperimentEvent,
): Promise<void> {
  await session.run(sql`INSERT INTO experiment_events (experiment_id, seq, kind, arm, on_day, happened_at, by_principal, reason, plan_version)
    SELECT ${experimentId}, coalesce(max(seq), 0) + 1, ${event.kind}, ${event.arm}, CAST(${event.on} AS DATE), ${event.at.replace('Z', '')},
      ${event.by}, ${event.reason}, ${event.planVersion} FROM experiment_events WHERE experiment_id = ${experimentId}`);
}
