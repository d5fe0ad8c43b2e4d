import type { SyncDefinition } from '#core/contract/delivery/syncs.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { hasLeft, insertRun } from '../delivery/exports.ts';

/** A destination that has, or may have, something of a person. */
export interface Holding {
  destination: string;
  /** Attributes of a profile that syncs keep there, and whether one of them takes profiles away; null: messages alone. */
  profile: { columns: string[]; removes: boolean } | null;
}

/** Where something of a person was acknowledged, or left and may have arrived; by name of the destination. */
export async function receiversOf(session: Session, customerId: string): Promise<Holding[]> {
  const profiles = await session.rows<{
    destination: string;
    definition: string;
  }>(sql`SELECT y.destination_id AS destination, y.definition FROM sync_states s JOIN syncs y ON y.sync_id = s.sync_id
    WHERE s.customer_id = ${customerId} AND (s.row_hash <> 'left' OR (NOT s.sure AND EXISTS (
      SELECT 1 FROM export_rows x WHERE x.export_id = s.export_id AND x.customer_id = s.customer_id AND ${hasLeft(sql`x.state`)})))
    ORDER BY y.destination_id, y.sync_id`);
  const messages = await session.rows<{
    destination: string;
  }>(sql`SELECT DISTINCT r.destination FROM export_rows x JOIN export_runs r ON r.export_id = x.export_id AND r.carries = 'messages'
    JOIN destinations d ON d.destination_id = r.destination
    WHERE x.customer_id = ${customerId} AND ${hasLeft(sql`x.state`)} ORDER BY r.destination`);
  const found = new Map<string, Holding>();
  for (const { destination, definition } of profiles) {
    const { columns, leaving } = JSON.parse(definition) as SyncDefinition;
    const before = found.get(destination)?.profile;
    found.set(destination, {
      destination,
      profile: {
        columns: [...new Set([...(before?.columns ?? []), ...columns])],
        removes: before?.removes === true || leaving === 'remove',
      },
    });
  }
  for (const { destination } of messages)
    if (!found.has(destination)) found.set(destination, { destination, profile: null });
  return [...found.values()];
}

/** A removal as a run of one row, under the random name that stands in the person's place. */
export async function insertRemoval(
  session: Session,
  run: {
    id: string;
    destination: string;
    token: string;
    key: string;
    operation: 'put' | 'remove';
    payload: string;
    startedAt: string;
    by: string;
  },
): Promise<void> {
  await insertRun(session, { ...run, carries: 'attributes', options: {}, rows: 1, excluded: 0 });
  await session.run(sql`INSERT INTO export_rows (export_id, message_key, assignment_id, customer_id, arm, touch, channel, state, rule, seq)
    VALUES (${run.id}, ${run.key}, '', ${run.token}, '', 0, '', 'pending', NULL, 0)`);
  await session.run(
    sql`INSERT INTO export_payloads VALUES (${run.id}, 0, ${run.token}, ${run.operation}, NULL, NULL, ${run.payload})`,
  );
}
