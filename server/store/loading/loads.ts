import type { Load } from '#core/contract/portfolio/loads.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { literal, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

interface LoadRow {
  load_id: number;
  state: Load['state'];
  recipe: string;
  files: string;
  tables: string;
  rejected: number;
  simulated: boolean;
  loaded_at: string;
  by_principal: string;
  withdrawn_at: string | null;
  withdrawn_by: string | null;
}

/** The action under which the audit log holds who undid a load. */
export const withdrawal = 'load.withdraw';

const columns = sql`l.*, (SELECT max(a.principal_id) FROM audit a WHERE a.action = ${literal(withdrawal)} AND a.subject = CAST(l.load_id AS VARCHAR)) AS withdrawn_by`;

const asLoad = (row: LoadRow): Load => ({
  loadId: row.load_id,
  state: row.state,
  recipe: row.recipe,
  files: JSON.parse(row.files) as Load['files'],
  tables: JSON.parse(row.tables) as Load['tables'],
  rejected: row.rejected,
  simulated: row.simulated,
  loadedAt: row.loaded_at,
  by: row.by_principal,
  withdrawnAt: row.withdrawn_at,
  withdrawnBy: row.withdrawn_at === null ? null : row.withdrawn_by,
});

export const readLoads = async (session: Session): Promise<Load[]> =>
  (await session.rows<LoadRow>(sql`SELECT ${columns} FROM loads l ORDER BY load_id DESC`)).map(asLoad);

/** @throws not_found */
export async function readLoad(session: Session, loadId: number): Promise<Load> {
  const row = await session.first<LoadRow>(sql`SELECT ${columns} FROM loads l WHERE load_id = ${loadId}`);
  if (!row) throw new DomainError('not_found', { kind: 'load', id: loadId });
  return asLoad(row);
}

/** The live load that holds exactly these files, read with the same recipe. */
export async function findSameLoad(
  session: Session,
  recipeHash: string,
  hashes: readonly string[],
): Promise<number | null> {
  const wanted = [...hashes].sort().join();
  const live = await session.rows<{ load_id: number; files: string }>(
    sql`SELECT load_id, files FROM loads WHERE state = 'live' AND recipe_hash = ${recipeHash} ORDER BY load_id DESC`,
  );
  const same = live.find(({ files }) => {
    const held = (JSON.parse(files) as Load['files']).map((file) => file.sha256);
    return held.sort().join() === wanted;
  });
  return same?.load_id ?? null;
}

export async function readRejects(session: Session, loadId: number, limit: number, offset: number) {
  const total = await session.first<{ n: number }>(
    sql`SELECT count(*) AS n FROM rejects WHERE load_id = ${loadId}`,
  );
  const rejects = await session.rows<{
    row: number;
    line: number | null;
    file: string;
    table: string;
    column: string | null;
    value: string | null;
    reason: string;
  }>(
    sql`SELECT row_number AS "row", line, file, table_name AS "table", column_name AS "column", value, reason FROM rejects WHERE load_id = ${loadId} ORDER BY file, row_number, table_name, column_name, reason, value LIMIT ${limit} OFFSET ${offset}`,
  );
  return { total: total?.n ?? 0, rejects };
}
