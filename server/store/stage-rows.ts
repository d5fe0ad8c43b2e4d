import type { Table } from '#core/portfolio/column.ts';
import { type MappedTable, rowsAFile } from '#core/portfolio/map.ts';
import { ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../engine/engine.ts';
import { rejectsName, type Staging } from './staging.ts';

/** Rows of one file that go to one table of a load not yet published. */
export interface Part {
  table: Table;
  /** The stored table: the canonical one, or that of a dataset. */
  into: string;
  loadId: number;
  file: string;
  /** A number the part has alone in its table; it stands in `source_row`. */
  slot: number;
  /** Rows made from each row of the file. */
  members: number;
}

const number = (value: number): Sql => raw(String(value));
const columnsOf = (table: Table): Sql => join(Object.keys(table.columns).map((column) => ident(column)));

const insert = ({ table, into, loadId }: Part, rows: Sql, good: 'or stop' | 'only'): Sql => {
  const id =
    good === 'only'
      ? number(loadId)
      : sql`CASE WHEN is_good THEN ${number(loadId)} ELSE error('a row breaks a rule') END`;
  return sql`INSERT INTO ${ident(into)} (${columnsOf(table)}, load_id, source_row) SELECT ${columnsOf(table)}, ${id}, source_row FROM (${rows}) AS m${raw(good === 'only' ? ' WHERE is_good' : '')}`;
};

/**
 * Writes the rows of a part, none of which may break a rule; the statement fails at the first that does. Rows that
 * are read once and in order, so that their numbers are not known while they are read, are numbered when they are
 * there: before the commit the engine keeps them in the order in which they came.
 *
 * @returns how many there are
 */
export async function stageAll(session: Session, part: Part, rows: Sql, numbered: boolean): Promise<number> {
  const written = await session.run(insert(part, rows, 'or stop'));
  if (!numbered) await numberRows(session, part, written);
  return written;
}

async function numberRows(session: Session, { into, loadId, slot }: Part, written: number): Promise<void> {
  const first = slot * rowsAFile;
  const fresh = sql`load_id = ${number(loadId)} AND source_row = ${number(first)}`;
  const found = await session.first<{ low: string; n: number; whole: boolean }>(
    sql`SELECT CAST(min(rowid) AS VARCHAR) AS low, count(*) AS n, max(rowid) - min(rowid) + 1 = count(*) AS whole FROM ${ident(into)} WHERE ${fresh}`,
  );
  if (written === 0) return;
  if (!found?.whole || found.n !== written) throw new Error('rows are not in the order of their file');
  await session.run(
    sql`UPDATE ${ident(into)} SET source_row = rowid - ${raw(found.low)} + ${number(first + 1)} WHERE ${fresh}`,
  );
}

/** Writes the rows of a part that keep every rule, and the others among the rejects. */
export async function stageGood(
  session: Session,
  staging: Staging,
  part: Part,
  mapped: MappedTable,
): Promise<void> {
  await session.run(insert(part, mapped.rows, 'only'));
  await session.run(
    sql`INSERT INTO ${ident(rejectsName(staging))} SELECT ${literal(part.file)}, file_row, NULL, ${literal(part.table.name)}, column_name, value, reason FROM (${mapped.rejects}) AS r ORDER BY file_row, column_name`,
  );
}

/** The rows of a load in a stored table. */
export const loadedRows = ({ into, loadId }: Pick<Part, 'into' | 'loadId'>): Sql =>
  sql`(SELECT * FROM ${ident(into)} WHERE load_id = ${number(loadId)}) AS loaded`;
