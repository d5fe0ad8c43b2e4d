import { RecordBatchReader, type Table, tableFromIPC } from 'apache-arrow';
import type { CallInput, Client } from '#core/contract/client.ts';
import type { Endpoint } from '#core/contract/endpoint.ts';
import { contract } from '#core/contract/index.ts';
import type { Job } from '#core/contract/jobs.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { Row } from '#server/engine/engine.ts';
import { around } from './around.ts';

/** Every endpoint of the workspace, typed: `await client.models.list()`. */
export const client: Client = around.connection.client;

const laid = new Map<string, number>();

/**
 * Lays a whole table of the workspace on the notebook's own DuckDB, under its name, as it comes over the Arrow
 * endpoint: it is never whole in memory here. Asked for once; gives its number of rows. `client.system.datasets()`
 * lists the tables.
 */
export async function dataset(name: string): Promise<number> {
  const known = laid.get(name);
  if (known !== undefined) return known;
  const body = bytes(contract.system.dataset, { params: { name }, query: { format: 'arrow' } });
  const reader = await RecordBatchReader.from(body as AsyncIterable<Uint8Array>);
  await reader.open();
  const rows = await around.desk.lay(name, { schema: reader.schema, batches: reader });
  laid.set(name, rows);
  return rows;
}

/** Any endpoint that answers Arrow, whole. */
export const arrow = (endpoint: Endpoint, input: CallInput): Promise<Table> =>
  tableFromIPC(around.connection.stream(endpoint, input) as AsyncIterable<Uint8Array>);

/** The bytes of any endpoint that streams. */
export const bytes = (endpoint: Endpoint, input: CallInput): AsyncIterable<Uint8Array | string> =>
  around.connection.stream(endpoint, input);

/** Puts a table on the notebook's own DuckDB under a name. */
export const lay = (name: string, table: Table): Promise<number> => around.desk.lay(name, table);

/**
 * SQL on the notebook's own DuckDB, over what `dataset` and `lay` put there. Exact amounts come as text: cast them
 * to DOUBLE to reckon with them.
 */
export const rows = <T extends object = Row>(statement: Sql): Promise<T[]> => around.desk.rows<T>(statement);

/** Sends bytes to an endpoint that takes them and waits for its job; gives the job's result. */
export async function push<R>(endpoint: Endpoint, input: CallInput, body: string): Promise<R> {
  const { connection } = around;
  const job = (await connection.upload(endpoint, input, new TextEncoder().encode(body))) as Job;
  const ended = await connection.finished(job, () => {});
  if (ended.error) throw new Error(`${ended.error.code}: ${ended.error.message}`);
  return ended.result as R;
}
