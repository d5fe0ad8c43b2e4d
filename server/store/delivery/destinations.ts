import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

export interface DestinationRow {
  destination_id: string;
  name: string;
  kind: string;
  /** JSON, without the secret ones. */
  options: string;
  /** JSON of sealed secrets by option. */
  secrets: string;
  approval: boolean;
  personal: boolean;
  version: number;
  tested_at: string | null;
  test: string | null;
  created_at: string;
  changed_at: string;
  retired_at: string | null;
  by_principal: string;
}

export const readDestinations = (session: Session): Promise<DestinationRow[]> =>
  session.rows<DestinationRow>(sql`SELECT * FROM destinations ORDER BY name, destination_id`);

export const findDestination = (session: Session, id: string): Promise<DestinationRow | undefined> =>
  session.first<DestinationRow>(sql`SELECT * FROM destinations WHERE destination_id = ${id}`);

/** @throws not_found */
export async function readDestination(session: Session, id: string): Promise<DestinationRow> {
  const row = await findDestination(session, id);
  if (!row) throw new DomainError('not_found', { kind: 'destination', id });
  return row;
}

export type DestinationDraft = Pick<
  DestinationRow,
  'destination_id' | 'name' | 'kind' | 'options' | 'secrets' | 'approval' | 'personal'
>;

/** Puts a destination there, or another version of it. @throws destination_named, destination_retired, destination_used */
export async function writeDestination(
  session: Session,
  draft: DestinationDraft,
  at: string,
  by: string,
): Promise<void> {
  const id = draft.destination_id;
  const namesake = await session.first(
    sql`SELECT 1 AS one FROM destinations WHERE name = ${draft.name} AND destination_id <> ${id} AND retired_at IS NULL`,
  );
  if (namesake) throw new DomainError('destination_named', { name: draft.name });
  const before = await findDestination(session, id);
  if (!before) {
    await session.run(sql`INSERT INTO destinations VALUES (${id}, ${draft.name}, ${draft.kind}, ${draft.options}, ${draft.secrets},
      ${draft.approval}, ${draft.personal}, 1, NULL, NULL, ${at}, ${at}, NULL, ${by})`);
    return;
  }
  requireInUse(before);
  await requireIdle(session, before);
  await session.run(sql`UPDATE destinations SET name = ${draft.name}, options = ${draft.options}, secrets = ${draft.secrets},
    approval = ${draft.approval}, personal = ${draft.personal}, version = version + 1, tested_at = NULL, test = NULL, changed_at = ${at},
    by_principal = ${by} WHERE destination_id = ${id}`);
}

/** @throws destination_retired */
export function requireInUse(row: DestinationRow): void {
  if (row.retired_at) throw new DomainError('destination_retired', { name: row.name, at: row.retired_at });
}

/** What is leaving was frozen for the destination as it is. A run halted by the receiver waits for just such a change. */
async function requireIdle(session: Session, row: DestinationRow): Promise<void> {
  const run = await session.first<{ export_id: string }>(
    sql`SELECT export_id FROM export_runs WHERE destination = ${row.destination_id} AND state = 'writing' AND halted IS NULL
      AND control = 'run' ORDER BY export_id LIMIT 1`,
  );
  if (run) throw new DomainError('destination_used', { name: row.name, run: run.export_id });
}

/** @throws destination_used */
export async function retireDestination(session: Session, row: DestinationRow, at: string): Promise<void> {
  const run = await session.first<{ export_id: string }>(
    sql`SELECT export_id FROM export_runs WHERE destination = ${row.destination_id} AND state = 'writing' ORDER BY export_id LIMIT 1`,
  );
  if (run) throw new DomainError('destination_used', { name: row.name, run: run.export_id });
  await session.run(
    sql`UPDATE destinations SET retired_at = ${at}, secrets = '{}' WHERE destination_id = ${row.destination_id}`,
  );
}

export async function noteTest(
  session: Session,
  id: string,
  at: string,
  problem: string | null,
): Promise<void> {
  await session.run(
    sql`UPDATE destinations SET tested_at = ${at}, test = ${JSON.stringify({ problem })} WHERE destination_id = ${id}`,
  );
}
