import type { Table } from '#core/portfolio/column.ts';
import { tableNamed } from '#core/portfolio/tables.ts';
import { all, ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import type { EventDay, EventTable } from './days.ts';

export interface Written {
  rows: number;
  superseded: number;
}

const keyIs = (table: Table, one: string, other: string): Sql =>
  all(table.key.map((column) => sql`${raw(one)}.${ident(column)} = ${raw(other)}.${ident(column)}`));

const named = (name: EventTable): Table => {
  const table = tableNamed(name);
  if (!table) throw new Error(`no table ${name}`);
  return table;
};

/**
 * Rows of live loads that hold a key of a relation, into the temporary table `prior_<table>`: all their columns, and
 * whether a row is the one that is read.
 *
 * @param fromLoad first load that may hold such a row
 */
export async function findPrior(session: Session, name: EventTable, keys: Sql, fromLoad = 0): Promise<void> {
  const table = named(name);
  const found = raw(`found_${name}`);
  await session.run(sql`CREATE TEMPORARY TABLE ${found} AS
    SELECT t.* FROM ${ident(name)} t SEMI JOIN ${keys} k ON ${keyIs(table, 'k', 't')} SEMI JOIN loads l ON l.load_id = t.load_id AND l.state = 'live'
    WHERE t.load_id >= ${raw(String(fromLoad))}`);
  await session.run(sql`CREATE TEMPORARY TABLE ${raw(`prior_${name}`)} AS
    SELECT t.*, x.source_row IS NULL AS is_current FROM ${found} t LEFT JOIN (
      SELECT DISTINCT s.load_id, s.source_row FROM superseded s SEMI JOIN ${found} f ON f.load_id = s.load_id AND f.source_row = s.source_row
      SEMI JOIN loads w ON w.load_id = s.by_load_id AND w.state = 'live' WHERE s.table_name = ${literal(name)}
    ) x ON x.load_id = t.load_id AND x.source_row = t.source_row`);
  await session.run(sql`DROP TABLE ${found}`);
}

/**
 * Adds the rows of the temporary table `made_<table>` to the load of a day; rows of `prior_<table>` with their keys are
 * read no more.
 *
 * @param firstRow the `source_row` of the first
 */
export async function publishRows(
  session: Session,
  name: EventTable,
  { loadId }: EventDay,
  firstRow: number,
): Promise<Written> {
  const table = named(name);
  const made = raw(`made_${name}`);
  const load = raw(String(loadId));
  const superseded = await session.run(sql`INSERT INTO superseded
    SELECT ${literal(name)}, p.load_id, p.source_row, ${load} FROM ${raw(`prior_${name}`)} p SEMI JOIN ${made} m ON ${keyIs(table, 'm', 'p')}
    WHERE p.is_current OR (p.load_id <> ${load} AND NOT EXISTS (SELECT 1 FROM superseded s WHERE s.table_name = ${literal(name)}
      AND s.load_id = p.load_id AND s.source_row = p.source_row AND s.by_load_id = ${load}))`);
  const columns = Object.keys(table.columns).map((column) => ident(column));
  const order = join(table.key.map((column) => sql`m.${ident(column)}`));
  const rows = await session.run(sql`INSERT INTO ${ident(name)} (${join(columns)}, load_id, source_row)
    SELECT ${join(columns.map((column) => sql`m.${column}`))}, ${load}, ${raw(String(firstRow - 1))} + row_number() OVER (ORDER BY ${order})
    FROM ${made} m ORDER BY ${order}`);
  return { rows, superseded };
}
