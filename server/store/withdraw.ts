import type { Load } from '#core/contract/loads.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../context.ts';
import type { Session } from '../engine/engine.ts';
import { refreshDatasetsOf } from './dataset-loads.ts';
import { readLoad } from './loads.ts';
import { rewindClock } from './simulation.ts';
import { instant } from './workspace.ts';

/**
 * An experiment under way whose data hold a load: its people are assigned and its horizon has not passed. What
 * was made after a load became live rests on it, since a data version is the set of live loads.
 */
const dependent = (session: Session, load: Load, now: string) =>
  session.first<{ name: string }>(sql`
    SELECT d.design ->> '$.name' AS name FROM designs d JOIN assignments a USING (experiment_id)
    WHERE d.created_at >= CAST(${load.loadedAt} AS TIMESTAMP)
    GROUP BY d.experiment_id, d.design
    HAVING max(a.assigned_at) + CAST(coalesce(d.design ->> '$.metric.horizonDays', '30') AS INTEGER) * INTERVAL 1 DAY > CAST(${now} AS TIMESTAMP)
    ORDER BY max(a.assigned_at) DESC, d.experiment_id LIMIT 1`);

/**
 * Undoes a load: its rows are no longer read, and those it superseded are read again.
 *
 * @throws not_found, load_withdrawn, load_in_use
 */
export async function withdrawLoad(context: Context, loadId: number): Promise<Load> {
  const now = instant(context.now());
  return context.engine.transaction(async (session) => {
    const load = await readLoad(session, loadId);
    if (load.state === 'withdrawn') throw new DomainError('load_withdrawn', { loadId });
    const held = await dependent(session, load, now);
    if (held) throw new DomainError('load_in_use', { loadId, name: held.name });
    await session.run(
      sql`UPDATE loads SET state = 'withdrawn', withdrawn_at = ${now} WHERE load_id = ${loadId}`,
    );
    await refreshDatasetsOf(session, loadId);
    await rewindClock(session);
    return { ...load, state: 'withdrawn' };
  });
}
