import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** Loads whose rows are live, and the sha256 of the files they came from. */
export async function liveLoads(session: Session): Promise<{ loads: number[]; hashes: string[] }> {
  const rows = await session.rows<{ load_id: number; files: string }>(
    sql`SELECT load_id, files FROM loads WHERE state = 'live' ORDER BY load_id`,
  );
  const hashes = rows.flatMap(({ files }) =>
    (JSON.parse(files) as { sha256: string }[]).map((file) => file.sha256),
  );
  return { loads: rows.map(({ load_id }) => load_id), hashes: [...new Set(hashes)] };
}
