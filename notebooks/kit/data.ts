import { type Table, tableFromIPC } from 'apache-arrow';
import type { CallInput, Client } from '#core/contract/client.ts';
import type { Endpoint } from '#core/contract/endpoint.ts';
import { contract } from '#core/contract/index.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { Row } from '#server/engine/engine.ts';
import { around } from './around.ts';

/** Every endpoint of the workspace, typed: `await client.models.list()`. */
export const client: Client = around.connection.client;

const fetched = new Map<string, Table>();

/**
 * A whole table of the workspace, over its Arrow endpoint, also laid on the notebook's own DuckDB under its name;
 * asked for once. `client.system.datasets()` lists them.
 */
export async function dataset(name: string): Promise<Table> {
  const known = fetched.get(name);
  if (known) return known;
  const table = await arrow(contract.system.dataset, { params: { name }, query: { format: 'arrow' } });
  fetched.set(name, table);
  await lay(name, table);
  return table;
}

/** Any endpoint that answers Arrow. */
export const arrow = (endpoint: Endpoint, input: CallInput): Promise<Table> =>
  tableFromIPC(around.connection.stream(endpoint, input) as AsyncIterable<Uint8Array>);

/** The bytes of any endpoint that streams. */
export const bytes = (endpoint: Endpoint, input: CallInput): AsyncIterable<Uint8Array | string> =>
  around.connection.stream(endpoint, input);

/** Puts a table on the notebook's own DuckDB under a name. */
export const lay = (name: string, table: Table): Promise<void> => around.desk.lay(name, table);

/**
 * SQL on the notebook's own DuckDB, over what `dataset` and `lay` put there. Exact amounts come as text: cast them
 * to DOUBLE to reckon with them.
 */
export const rows = <T extends object = Row>(statement: Sql): Promise<T[]> => around.desk.rows<T>(statement);
