import type { Table } from '../portfolio/column.ts';
import type { Dialect } from './dialects/dialect.ts';
import { ident, join, type Sql, sql } from './sql.ts';

const columnsOf = (table: Table, dialect: Dialect): Sql[] =>
  Object.entries(table.columns).map(([name, column]) => sql`${ident(name)} ${dialect.type(column.type)}`);

/**
 * The stored form of a canonical table: its columns and where each row came from. No key constraint: a load
 * checks keys in its staging table, which is the only way a large load stays within bounded memory.
 */
export const createTable = (table: Table, dialect: Dialect): Sql =>
  sql`CREATE TABLE ${ident(table.name)} (${join(columnsOf(table, dialect))}, load_id INTEGER NOT NULL, source_row BIGINT NOT NULL)`;

/** The rows a reader sees: those of live loads that no later live load has superseded. */
export const createCurrentView = (table: Table): Sql => sql`
CREATE OR REPLACE VIEW ${ident(`current_${table.name}`)} AS
SELECT t.* FROM ${ident(table.name)} t
SEMI JOIN loads l ON l.load_id = t.load_id AND l.state = 'live'
ANTI JOIN (
  SELECT s.load_id, s.source_row FROM superseded s
  JOIN loads w ON w.load_id = s.by_load_id AND w.state = 'live'
  WHERE s.table_name = '${{ text: table.name, values: [] }}'
) x ON x.load_id = t.load_id AND x.source_row = t.source_row`;
