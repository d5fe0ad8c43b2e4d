import { addDays } from '#core/contact/time/wall-clock.ts';
import { recordExits } from '#core/experiment/cadence/exits.ts';
import { recordSkips } from '#core/experiment/cadence/skips.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import type { DesignRecord } from '../../store/experiments/designs.ts';
import { readDraws } from '../../store/experiments/draws.ts';
import { openArms } from '../../store/experiments/due.ts';
import { end } from '../../store/experiments/lifecycle.ts';
import { workspaceToday } from '../../store/workspace.ts';

export interface Leaving {
  experimentId: string;
  exited: number;
  skipped: number;
  ended: boolean;
}

/** Last day on which anybody's primary window closes, once nobody may enter any more; null before the start. */
async function lastDay(session: Session, { id, design, startsOn }: DesignRecord): Promise<string | null> {
  if (startsOn === null) return null;
  const row = await session.first<{ last: string | null }>(
    sql`SELECT max(entered_on) AS last FROM assignments WHERE experiment_id = ${id}`,
  );
  const arrivals = addDays(startsOn, Math.max(0, design.arrivalDays));
  const entered = row?.last ?? startsOn;
  return addDays(entered > arrivals ? entered : arrivals, design.metric.horizonDays);
}

/**
 * Writes down who exits the cadence and which touches are left out, their days of grace being over; ends the experiment when the
 * last window has closed. In the session's transaction.
 */
export async function recordLeaving(
  context: Context,
  session: Session,
  record: DesignRecord,
  by: string,
): Promise<Leaving> {
  const { dialect } = context.engine;
  const { id, design } = record;
  const today = await workspaceToday(context, design.assume?.today);
  const exited = await session.run(recordExits(dialect, { experimentId: id, arms: design.arms, day: today }));
  const arms = await openArms(session, record);
  let skipped = 0;
  for (;;) {
    const more = await session.run(
      recordSkips(dialect, {
        experimentId: id,
        arms,
        sendOn: addDays(today, 1),
        graceDays: design.graceDays,
      }),
    );
    skipped += more;
    if (more === 0) break;
  }
  const last = await lastDay(session, record);
  const ended = last !== null && today > last && (await readDraws(session, id)).length > 0;
  if (ended) await end(context, session, { experimentId: id, by, reason: last });
  return { experimentId: id, exited, skipped, ended };
}
