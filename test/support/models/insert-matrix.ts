import { ident, join, raw, sql } from '#core/sql/sql.ts';
import type { Matrix } from '#models/matrix.ts';
import type { Session } from '#server/engine/engine.ts';

/** A matrix as a table with account_id `a0000000`, `a0000001` and so on; what is missing is null. */
export async function insertMatrix(session: Session, table: string, matrix: Matrix): Promise<void> {
  const types = matrix.columns.map(
    ({ name, kind }) => sql`${ident(name)} ${raw(kind === 'numeric' ? 'DOUBLE' : 'VARCHAR')}`,
  );
  await session.run(sql`CREATE OR REPLACE TABLE ${ident(table)} (account_id VARCHAR, ${join(types)})`);
  const accounts = Array.from({ length: matrix.rows }, (_, i) => `a${String(i).padStart(7, '0')}`);
  const columns = matrix.columns.map((column) =>
    column.kind === 'numeric'
      ? column.values
      : Array.from(column.codes, (code) => (code < 0 ? null : column.categories[code]!)),
  );
  await session.append(table, [{ rows: matrix.rows, columns: [accounts, ...columns] }]);
}
