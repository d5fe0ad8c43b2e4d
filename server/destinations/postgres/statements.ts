import pg from 'pg';
import { columnsOf } from '#core/contact/messages.ts';
import type { Item } from '../destination.ts';

export interface Tables {
  schema: string;
  messages: string;
  attributes: string;
}

const quoted = (name: string): string => pg.escapeIdentifier(name);
export const tableNamed = ({ schema }: Tables, table: string): string => `${quoted(schema)}.${quoted(table)}`;
const list = (names: readonly string[]): string => names.map(quoted).join(', ');

/** Columns of a call, in the order in which they first occur. */
export const columnsIn = (rows: readonly Readonly<Record<string, unknown>>[]): string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row))),
];

/** Rows of a JSON array as the table itself would read them: its own names and types decide. */
const given = (table: string): string => `json_populate_recordset(NULL::${table}, $1::json) AS given`;

/** What was sent before under the same key stays as it is. */
export const insertMessages = (table: string, columns: readonly string[]): string =>
  `INSERT INTO ${table} (${list(columns)}) SELECT ${list(columns)} FROM ${given(table)} ON CONFLICT (message_key) DO NOTHING`;

export function upsertAttributes(table: string, columns: readonly string[]): string {
  const changed = columns.filter((name) => name !== 'customer_id');
  const change = changed.length
    ? `DO UPDATE SET ${changed.map((name) => `${quoted(name)} = EXCLUDED.${quoted(name)}`).join(', ')}`
    : 'DO NOTHING';
  return `INSERT INTO ${table} (${list(columns)}) SELECT ${list(columns)} FROM ${given(table)} ON CONFLICT (customer_id) ${change}`;
}

export const removeAttributes = (table: string): string =>
  `DELETE FROM ${table} AS there USING ${given(table)} WHERE there.customer_id = given.customer_id`;

/** Marks messages as called back, once; gives the keys of those that are there. */
export const recallMessages = (table: string): string =>
  `UPDATE ${table} AS there SET recalled_at = coalesce(there.recalled_at, $2::timestamptz), recall_reason = coalesce(there.recall_reason, given.recall_reason)
  FROM ${given(table)} WHERE there.message_key = given.message_key RETURNING there.message_key::text AS message_key`;

const types = { text: 'text', integer: 'integer', double: 'double precision' } as Readonly<
  Record<string, string>
>;

export const recallColumns = ['recalled_at', 'recall_reason'] as const;

export function createMessages(table: string, withAddress: boolean): string {
  const columns = columnsOf(withAddress).map(
    ({ name, type }) =>
      `${quoted(name)} ${types[type] ?? 'text'}${name === 'message_key' ? ' PRIMARY KEY' : ''}`,
  );
  return `CREATE TABLE IF NOT EXISTS ${table} (${columns.join(', ')}, recalled_at timestamptz, recall_reason text)`;
}

/** Makes the table and the columns it lacks; a column's type is that of the first value it gets. */
export function createAttributes(table: string, items: readonly Item[]): string[] {
  const typeOf = (name: string): string => {
    const value = items.map(({ values }) => values[name]).find((one) => one !== null && one !== undefined);
    if (typeof value === 'number') return 'double precision';
    return typeof value === 'boolean' ? 'boolean' : 'text';
  };
  const columns = columnsIn(items.map(({ values }) => values)).filter((name) => name !== 'customer_id');
  return [
    `CREATE TABLE IF NOT EXISTS ${table} (customer_id text PRIMARY KEY)`,
    ...columns.map((name) => `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${quoted(name)} ${typeOf(name)}`),
  ];
}
