import type { Load } from '#core/contract/loads.ts';
import type { Table } from '#core/portfolio/column.ts';
import { all, ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../engine/engine.ts';
import { dropStaging, publishRejects, type Staging } from './staging.ts';

/** Rows ready to be published: the canonical columns and `source_row`, unique within the load. */
export interface ReadyTable {
  table: Table;
  /** A table, or a SELECT in parentheses with a name. */
  relation: Sql;
}

export interface Publication {
  staging: Staging;
  tables: readonly ReadyTable[];
  recipe: string;
  recipeHash: string;
  files: Load['files'];
  rejected: number;
  simulated: boolean;
  by: string;
  /** Instant of the load, as the engine stores it. */
  loadedAt: string;
}

/**
 * Makes staged rows part of the portfolio, in the transaction of the caller: rows with their load, the rows they
 * supersede, rejects, and the load itself. The staging is dropped.
 */
export async function publishLoad(session: Session, publication: Publication): Promise<number> {
  const next = await session.first<{ id: number }>(
    sql`SELECT coalesce(max(load_id), 0) + 1 AS id FROM loads`,
  );
  const loadId = next?.id ?? 1;
  const counts: Load['tables'] = [];
  for (const ready of publication.tables) {
    const superseded = await supersede(session, ready, loadId);
    const rows = await insertRows(session, ready, loadId);
    counts.push({ table: ready.table.name, rows, superseded });
  }
  await publishRejects(session, publication.staging, loadId);
  await session.run(
    sql`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal) VALUES (${loadId}, 'live', ${publication.recipe}, ${publication.recipeHash}, ${JSON.stringify(publication.files)}, ${JSON.stringify(counts)}, ${publication.rejected}, ${publication.simulated}, ${publication.loadedAt}, ${publication.by})`,
  );
  await dropStaging(session, publication.staging);
  return loadId;
}

async function insertRows(
  session: Session,
  { table, relation }: ReadyTable,
  loadId: number,
): Promise<number> {
  const columns = join(Object.keys(table.columns).map((column) => ident(column)));
  return session.run(
    sql`INSERT INTO ${ident(table.name)} (${columns}, load_id, source_row) SELECT ${columns}, ${raw(String(loadId))}, source_row FROM ${relation}`,
  );
}

/**
 * Marks the rows of live loads that hold a key of the new rows. Rows that another load supersedes already are
 * marked too, so that undoing that one does not bring them back beside the new ones.
 */
async function supersede(session: Session, { table, relation }: ReadyTable, loadId: number): Promise<number> {
  const held = await session.first<{ n: number }>(
    sql`SELECT count(*) AS n FROM loads WHERE state = 'live' AND EXISTS (SELECT 1 FROM ${ident(table.name)} AS t WHERE t.load_id = loads.load_id)`,
  );
  if (!held?.n) return 0;
  const keys = join(table.key.map((column) => ident(column)));
  const sameKey = all(table.key.map((column) => sql`n.${ident(column)} = t.${ident(column)}`));
  return session.run(
    sql`INSERT INTO superseded SELECT ${literal(table.name)}, t.load_id, t.source_row, ${raw(String(loadId))} FROM ${ident(table.name)} AS t SEMI JOIN loads AS l ON l.load_id = t.load_id AND l.state = 'live' SEMI JOIN (SELECT ${keys} FROM ${relation}) AS n ON ${sameKey}`,
  );
}
