import { type Cadence, nextTouches } from '#core/experiment/cadence/due.ts';
import type { Arm } from '#core/experiment/define.ts';
import { spellsOf } from '#core/experiment/spells.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import type { DesignRecord } from './designs.ts';
import { readEvents } from './events.ts';

/** Arms that people may enter and messages may leave from: neither paused nor dropped. */
export async function openArms(session: Session, record: DesignRecord): Promise<Arm[]> {
  const names = record.design.arms.map(({ name }) => name);
  const spells = spellsOf(names, record.startsOn, await readEvents(session, record.id));
  const open = new Set(spells.filter(({ status }) => status === 'open').map(({ arm }) => arm));
  return record.design.arms.filter(({ name }) => open.has(name));
}

/** Day on which the first of those still to get a touch is due for it; null when nobody is. */
export async function firstDue(
  context: Context,
  session: Session,
  cadence: Cadence,
  touch: number,
): Promise<string | null> {
  const row = await session.first<{ first: string | null }>(
    sql`SELECT min(d.due_on) AS first FROM ${nextTouches(context.engine.dialect, cadence)} d WHERE d.touch = ${touch}`,
  );
  return row?.first ?? null;
}
