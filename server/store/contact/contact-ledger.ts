import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { eventsRecipe } from '../events/days.ts';
import { isSimulated, readSetting } from '../workspace.ts';

const limitHours = 24;
const hourMs = 3_600_000;

/** The instant by the workspace's own clock: the start of its day where it has one, else the system clock. */
export async function workspaceNow(context: Context, session: Session, stated?: string): Promise<string> {
  const today = stated ?? (await readSetting<string>(session, 'today'));
  return today ? `${today}T00:00:00.000Z` : context.now().toISOString();
}

/**
 * How old the ledger of contacts is, once there is one. A book of today is judged by when its contacts were last
 * loaded, what came back of our own messages apart; a historical one by how far its data reach towards its own date. The generator answers for every
 * contact of a simulated one up to its own date: null.
 */
export async function readFreshness(
  context: Context,
  session: Session,
  stated?: string,
): Promise<{ loadedAt: string; limitHours: number; stale: boolean } | null> {
  if (await isSimulated(session)) return null;
  const today = stated ?? (await readSetting<string>(session, 'today'));
  const newest = today
    ? sql`SELECT CASE WHEN count(*) > 0 THEN greatest(max(coalesce(known_at, sent_at)), (SELECT max(CAST(as_of AS TIMESTAMP)) FROM current_snapshots)) END AS loaded_at FROM current_contacts`
    : sql`SELECT max(l.loaded_at) AS loaded_at FROM loads l
        JOIN (SELECT DISTINCT load_id FROM contacts) c ON c.load_id = l.load_id WHERE l.state = 'live' AND l.recipe <> ${eventsRecipe}`;
  const loadedAt = (await session.first<{ loaded_at: string | null }>(newest))?.loaded_at;
  if (!loadedAt) return null;
  const now = today ? Date.parse(`${today}T00:00:00Z`) : context.now().getTime();
  return { loadedAt, limitHours, stale: now - Date.parse(loadedAt) > limitHours * hourMs };
}

/** Refuses to count caps on an old ledger of contacts. @throws contacts_stale */
export async function requireFreshContacts(
  context: Context,
  session: Session,
  stated?: string,
): Promise<void> {
  const found = await readFreshness(context, session, stated);
  if (found?.stale)
    throw new DomainError('contacts_stale', { loadedAt: found.loadedAt, limitHours: found.limitHours });
}
