import type { Sync, SyncDefinition } from '#core/contract/delivery/syncs.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../../engine/engine.ts';

interface Row {
  sync_id: string;
  name: string;
  destination_id: string;
  destination_name: string;
  definition: string;
  held: number;
  unsure: number;
  last_run: string | null;
  last_at: string | null;
  last_state: string | null;
  last_rows: number | null;
  created_at: string;
  retired_at: string | null;
  by_principal: string;
}

export type StoredSync = Sync & { retiredAt: string | null };

const asSync = (row: Row): StoredSync => ({
  id: row.sync_id,
  name: row.name,
  destinationId: row.destination_id,
  destinationName: row.destination_name,
  definition: JSON.parse(row.definition) as SyncDefinition,
  held: row.held,
  unsure: row.unsure,
  lastRun:
    row.last_run === null
      ? null
      : {
          exportId: row.last_run,
          at: row.last_at ?? '',
          state: row.last_state ?? '',
          rows: row.last_rows ?? 0,
        },
  createdAt: row.created_at,
  retiredAt: row.retired_at,
  by: row.by_principal,
});

const stored = sql`SELECT y.sync_id, y.name, y.destination_id, d.name AS destination_name, y.definition, y.created_at, y.retired_at, y.by_principal,
    coalesce(h.held, 0) AS held, coalesce(h.unsure, 0) AS unsure, r.export_id AS last_run, r.started_at AS last_at, r.state AS last_state, r.rows_sent AS last_rows
  FROM syncs y JOIN destinations d ON d.destination_id = y.destination_id
  LEFT JOIN (SELECT sync_id, CAST(count(CASE WHEN row_hash <> 'left' THEN 1 END) AS BIGINT) AS held,
    CAST(count(CASE WHEN NOT sure THEN 1 END) AS BIGINT) AS unsure FROM sync_states GROUP BY sync_id) h ON h.sync_id = y.sync_id
  LEFT JOIN (SELECT *, row_number() OVER (PARTITION BY sync_id ORDER BY started_at DESC, export_id DESC) AS place
    FROM export_runs WHERE sync_id IS NOT NULL) r ON r.sync_id = y.sync_id AND r.place = 1`;

export const readSyncs = async (session: Session): Promise<StoredSync[]> =>
  (await session.rows<Row>(sql`${stored} WHERE y.retired_at IS NULL ORDER BY y.name, y.sync_id`)).map(asSync);

/** @throws not_found */
export async function readSync(session: Session, id: string): Promise<StoredSync> {
  const row = await session.first<Row>(sql`${stored} WHERE y.sync_id = ${id}`);
  if (!row) throw new DomainError('not_found', { kind: 'sync', id });
  return asSync(row);
}

/** One that is in use. @throws not_found, sync_retired */
export async function readSyncInUse(session: Session, id: string): Promise<StoredSync> {
  const sync = await readSync(session, id);
  if (sync.retiredAt) throw new DomainError('sync_retired', { name: sync.name, at: sync.retiredAt });
  return sync;
}

/** One run of a sync at a time: a second would send what the first, held meanwhile, sends over again with older values. @throws sync_under_way */
export async function requireNoRun(session: Session, { id, name }: Pick<Sync, 'id' | 'name'>): Promise<void> {
  const run = await session.first<{ export_id: string }>(
    sql`SELECT export_id FROM export_runs WHERE sync_id = ${id} AND state = 'writing' ORDER BY export_id LIMIT 1`,
  );
  if (run) throw new DomainError('sync_under_way', { name, run: run.export_id });
}

/** @throws sync_named */
export async function insertSync(
  session: Session,
  id: string,
  given: { name: string; destinationId: string; definition: SyncDefinition },
  at: string,
  by: string,
): Promise<void> {
  const namesake = await session.first(
    sql`SELECT 1 AS one FROM syncs WHERE name = ${given.name} AND retired_at IS NULL`,
  );
  if (namesake) throw new DomainError('sync_named', { name: given.name });
  await session.run(sql`INSERT INTO syncs VALUES (${id}, ${given.name}, ${given.destinationId}, ${JSON.stringify(given.definition)},
    ${at}, ${at}, NULL, ${by})`);
}

/** Nothing more is sent by it, and what was scheduled of it stops; what the receiver holds stays there. */
export async function retireSync(session: Session, id: string, at: string): Promise<void> {
  await session.run(sql`UPDATE syncs SET retired_at = ${at}, changed_at = ${at} WHERE sync_id = ${id}`);
  await session.run(
    sql`UPDATE schedules SET enabled = false WHERE (work ->> '$.kind') = 'sync' AND (work ->> '$.syncId') = ${id}`,
  );
}
