import type { Load } from '#core/contract/portfolio/loads.ts';
import type { Table } from '#core/portfolio/column.ts';
import type { DatasetColumns } from '#core/portfolio/dataset.ts';
import { all, ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { keepOptOuts } from '../contact/kept-opt-outs.ts';
import { keepDataset, refuseOtherUnit, supersedeInDataset } from './dataset-loads.ts';
import { publishRejects } from './rejects.ts';
import { releaseLoad } from './reserved-loads.ts';
import { loadedRows } from './stage-rows.ts';
import { dropStaging, type Staging } from './staging.ts';

/** A table whose rows stand under the number of the load. */
export interface ReadyTable {
  table: Table;
  /** The stored table. */
  into: string;
  /** The columns of a dataset; null for a canonical table. */
  columns: DatasetColumns | null;
  /** The unit of a dataset. */
  key: string | null;
}

export interface Publication {
  staging: Staging;
  loadId: number;
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
 * Makes the rows of a reserved load part of the portfolio, in the transaction of the caller: the rows they supersede,
 * rejects, and the load itself, from when on they are read. The staging is dropped.
 *
 * @throws load_dataset_unit
 */
export async function publishLoad(session: Session, publication: Publication): Promise<void> {
  const { loadId } = publication;
  const counts: Load['tables'] = [];
  for (const ready of publication.tables) {
    const counted = await session.first<{ n: number }>(
      sql`SELECT count(*) AS n FROM ${loadedRows({ into: ready.into, loadId })}`,
    );
    const table = ready.table.name;
    const rows = counted?.n ?? 0;
    if (ready.columns) {
      await refuseOtherUnit(session, table, ready.key);
      const superseded = await supersedeInDataset(session, table, ready, loadId);
      counts.push({ table, rows, superseded, columns: ready.columns });
    } else counts.push({ table, rows, superseded: await supersede(session, ready.table, loadId) });
    if (table === 'contact_permissions') await keepOptOuts(session, loadId);
  }
  await publishRejects(session, publication.staging, loadId);
  await session.run(
    sql`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal) VALUES (${loadId}, 'live', ${publication.recipe}, ${publication.recipeHash}, ${JSON.stringify(publication.files)}, ${JSON.stringify(counts)}, ${publication.rejected}, ${publication.simulated}, ${publication.loadedAt}, ${publication.by})`,
  );
  for (const { columns, table, into, key } of publication.tables)
    if (columns) await keepDataset(session, { name: table.name, into, key, loadId });
  await releaseLoad(session, loadId);
  await dropStaging(session, publication.staging);
}

/**
 * Marks the rows of live loads that hold a key of the new rows. Rows that another load supersedes already are
 * marked too, so that undoing that one does not bring them back beside the new ones.
 */
async function supersede(session: Session, table: Table, loadId: number): Promise<number> {
  const held = await session.first<{ n: number }>(
    sql`SELECT count(*) AS n FROM loads WHERE state = 'live' AND EXISTS (SELECT 1 FROM ${ident(table.name)} AS t WHERE t.load_id = loads.load_id)`,
  );
  if (!held?.n) return 0;
  const keys = join(table.key.map((column) => ident(column)));
  const sameKey = all(table.key.map((column) => sql`n.${ident(column)} = t.${ident(column)}`));
  return session.run(
    sql`INSERT INTO superseded SELECT ${literal(table.name)}, t.load_id, t.source_row, ${id(loadId)} FROM ${ident(table.name)} AS t SEMI JOIN loads AS l ON l.load_id = t.load_id AND l.state = 'live' SEMI JOIN (SELECT ${keys} FROM ${loadedRows({ into: table.name, loadId })}) AS n ON ${sameKey}`,
  );
}

const id = (loadId: number): Sql => raw(String(loadId));
