import { current } from '#core/sql/dialects/duckdb.ts';
import { sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';

/** Canonical tables that hold no row, of those named. */
export async function missingTables(session: Session, names: readonly string[]): Promise<string[]> {
  const missing: string[] = [];
  for (const name of names)
    if (!(await session.first(sql`SELECT 1 AS one FROM ${current(name)} LIMIT 1`))) missing.push(name);
  return missing;
}
