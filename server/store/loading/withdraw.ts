import type { Load } from '#core/contract/portfolio/loads.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { writeAudit } from '../audit.ts';
import { eventsRecipe } from '../events/days.ts';
import { rewindClock } from '../experiments/simulation.ts';
import { instant } from '../workspace.ts';
import { refreshDatasetsOf } from './dataset-loads.ts';
import { readLoad, withdrawal } from './loads.ts';

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

/** An export that is being written, of an experiment whose data hold a load. */
const exporting = (session: Session, load: Load) =>
  session.first<{ name: string; destination: string }>(sql`
    SELECT d.design ->> '$.name' AS name, r.destination FROM export_runs r JOIN designs d USING (experiment_id)
    WHERE r.state = 'writing' AND d.created_at >= CAST(${load.loadedAt} AS TIMESTAMP)
    ORDER BY r.started_at, r.export_id LIMIT 1`);

/**
 * Undoes a load: its rows are no longer read, and those it superseded are read again. Who did it is in the audit log.
 *
 * @throws not_found, load_withdrawn, load_of_events, load_in_use, load_in_export
 */
export async function withdrawLoad(context: Context, loadId: number, by: string): Promise<Load> {
  const now = instant(context.now());
  return context.engine.transaction(async (session) => {
    const load = await readLoad(session, loadId);
    if (load.state === 'withdrawn') throw new DomainError('load_withdrawn', { loadId });
    if (load.recipe === eventsRecipe) throw new DomainError('load_of_events', { loadId });
    const held = await dependent(session, load, now);
    if (held) throw new DomainError('load_in_use', { loadId, name: held.name });
    const leaving = await exporting(session, load);
    if (leaving) throw new DomainError('load_in_export', { loadId, ...leaving });
    await session.run(
      sql`UPDATE loads SET state = 'withdrawn', withdrawn_at = ${now} WHERE load_id = ${loadId}`,
    );
    await refreshDatasetsOf(session, loadId);
    await rewindClock(session);
    await writeAudit(session, { at: now, by, action: withdrawal, subject: String(loadId) });
    return readLoad(session, loadId);
  });
}
