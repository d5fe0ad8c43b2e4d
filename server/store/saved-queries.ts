import type { SavedQuery } from '#core/contract/query.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../engine/engine.ts';

interface QueryRow {
  query_id: string;
  name: string;
  description: string;
  statement: string;
  chart: string | null;
  created_at: string;
  changed_at: string;
  by_principal: string;
}

const asQuery = (row: QueryRow): SavedQuery => ({
  id: row.query_id,
  name: row.name,
  description: row.description,
  sql: row.statement,
  chart: row.chart === null ? null : (JSON.parse(row.chart) as SavedQuery['chart']),
  createdAt: row.created_at,
  changedAt: row.changed_at,
  by: row.by_principal,
});

const asStored = (instant: string): string => instant.replace('Z', '');

export async function readSavedQueries(session: Session): Promise<SavedQuery[]> {
  const rows = await session.rows<QueryRow>(
    sql`SELECT * FROM saved_queries ORDER BY changed_at DESC, query_id DESC`,
  );
  return rows.map(asQuery);
}

/** @throws not_found */
export async function readSavedQuery(session: Session, id: string): Promise<SavedQuery> {
  const row = await session.first<QueryRow>(sql`SELECT * FROM saved_queries WHERE query_id = ${id}`);
  if (!row) throw new DomainError('not_found', { kind: 'query', id });
  return asQuery(row);
}

/** Stores a query; one of the same id is replaced. */
export async function writeSavedQuery(session: Session, query: SavedQuery): Promise<void> {
  await session.run(sql`INSERT OR REPLACE INTO saved_queries VALUES (${query.id}, ${query.name}, ${query.description},
    ${query.sql}, ${query.chart && JSON.stringify(query.chart)}, ${asStored(query.createdAt)},
    ${asStored(query.changedAt)}, ${query.by})`);
}

/** @throws not_found */
export async function removeSavedQuery(session: Session, id: string): Promise<void> {
  await readSavedQuery(session, id);
  await session.run(sql`DELETE FROM saved_queries WHERE query_id = ${id}`);
}
