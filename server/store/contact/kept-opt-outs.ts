import { literal, raw, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { eventsRecipe } from '../events/days.ts';

/**
 * Carries what people asked for by events into the permissions of a load that supersedes them, in the session's transaction: a
 * channel that somebody closed stays so, whatever a file says that does not know of it, until the permission is given anew.
 *
 * @returns permissions that are taken back
 */
export const keepOptOuts = (session: Session, loadId: number): Promise<number> =>
  session.run(sql`UPDATE contact_permissions AS n SET revoked_at = o.revoked_at FROM (
      SELECT t.customer_id, t.channel, max(t.revoked_at) AS revoked_at FROM contact_permissions t
      SEMI JOIN loads l ON l.load_id = t.load_id AND l.state = 'live' AND l.recipe = ${literal(eventsRecipe)}
      GROUP BY t.customer_id, t.channel
    ) o WHERE n.load_id = ${raw(String(loadId))} AND o.customer_id = n.customer_id AND o.channel = n.channel
      AND o.revoked_at >= n.granted_at AND (n.revoked_at IS NULL OR n.revoked_at < n.granted_at)`);
