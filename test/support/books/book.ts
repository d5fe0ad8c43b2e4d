import { tableNamed } from '#core/portfolio/tables.ts';
import { ident, join, type Sql, type SqlValue, sql } from '#core/sql/sql.ts';
import type { Session } from '#server/engine/engine.ts';

type Rows = readonly Record<string, SqlValue | undefined>[];

/** A live load of rows written by hand: table name -> rows. Columns left out are empty. */
export async function insertBook(
  session: Session,
  loadId: number,
  book: Record<string, Rows>,
): Promise<void> {
  for (const [name, rows] of Object.entries(book)) {
    const columns = Object.keys(tableNamed(name)?.columns ?? {});
    for (const [i, row] of rows.entries()) {
      const values: Sql[] = columns.map((column) => sql`${row[column] ?? null}`);
      await session.run(
        sql`INSERT INTO ${ident(name)} (${join(columns.map((column) => ident(column)))}, load_id, source_row) VALUES (${join(values)}, ${loadId}, ${i + 1})`,
      );
    }
  }
  const held = Object.entries(book).map(([table, rows]) => ({ table, rows: rows.length, superseded: 0 }));
  await session.run(
    sql`INSERT INTO loads (load_id, state, recipe, recipe_hash, files, tables, rejected, simulated, loaded_at, by_principal) VALUES (${loadId}, 'live', 'by hand', 'h', ${JSON.stringify([{ name: 'book', bytes: 1, sha256: String(loadId).padStart(64, '0') }])}, ${JSON.stringify(held)}, 0, false, TIMESTAMP '2026-04-01', 'owner')`,
  );
}
