import type { Table } from '#core/portfolio/column.ts';
import { type MappedTable, rowsAFile } from '#core/portfolio/map.ts';
import { ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
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

const insertInto = ({ table, into }: Part): Sql =>
  sql`INSERT INTO ${ident(into)} (${columnsOf(table)}, load_id, source_row)`;

/** The rows as they are; reading them fails at the first that breaks a rule. */
const whole = (rows: Sql): Sql =>
  sql`FROM (${rows}) AS m WHERE CASE WHEN is_good THEN true ELSE error('a row breaks a rule') END`;

/**
 * Writes the rows of a part, none of which may break a rule: the statement fails at the first that does.
 *
 * @returns how many there are
 */
export const stageAll = (session: Session, part: Part, rows: Sql): Promise<number> =>
  session.run(
    sql`${insertInto(part)} SELECT ${columnsOf(part.table)}, ${number(part.loadId)}, source_row ${whole(rows)}`,
  );

/**
 * The same for rows that are read once and in order, and so have no number while they are read. They wait in a table
 * of the session, in memory as far as that goes, where the engine knows the place of each; written straight from a
 * parser of text they would take longer, since its small batches make small groups of rows. The session must not be
 * one transaction: rows not yet committed are read by one thread alone.
 */
export async function stagePassed(session: Session, part: Part, rows: Sql): Promise<number> {
  const columns = columnsOf(part.table);
  await session.run(sql`CREATE OR REPLACE TEMP TABLE passed_rows AS SELECT ${columns} ${whole(rows)}`);
  const places = await session.first<{ low: string | null; gapless: boolean | null }>(
    sql`SELECT CAST(min(rowid) AS VARCHAR) AS low, max(rowid) - min(rowid) + 1 = count(*) AS gapless FROM passed_rows`,
  );
  if (places?.gapless === false) throw new Error('rows without a place of their own');
  const row = sql`rowid - ${raw(places?.low ?? '0')} + ${number(part.slot * rowsAFile + 1)}`;
  const written = await session.run(
    sql`${insertInto(part)} SELECT ${columns}, ${number(part.loadId)}, ${row} FROM passed_rows`,
  );
  await session.run(sql`DROP TABLE passed_rows`);
  return written;
}

/** Writes the rows of a part that keep every rule, and the others among the rejects. */
export async function stageGood(
  session: Session,
  staging: Staging,
  part: Part,
  mapped: MappedTable,
): Promise<void> {
  await session.run(
    sql`${insertInto(part)} SELECT ${columnsOf(part.table)}, ${number(part.loadId)}, source_row FROM (${mapped.rows}) AS m WHERE is_good`,
  );
  await session.run(
    sql`INSERT INTO ${ident(rejectsName(staging))} SELECT ${literal(part.file)}, file_row, NULL, ${literal(part.table.name)}, column_name, value, reason FROM (${mapped.rejects}) AS r ORDER BY file_row, column_name`,
  );
}

/** The rows of a load in a stored table. */
export const loadedRows = ({ into, loadId }: Pick<Part, 'into' | 'loadId'>): Sql =>
  sql`(SELECT * FROM ${ident(into)} WHERE load_id = ${number(loadId)}) AS loaded`;
