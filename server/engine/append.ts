import { setImmediate as breathe } from 'node:timers/promises';
import { type DuckDBConnection, DuckDBDataChunk, type DuckDBVector } from '@duckdb/node-api';
import type { AppendedRows } from './engine.ts';

const chunkRows = 2048;
const chunksBetweenBreaths = 8;

/** Copies rows of a column into a vector of the engine. */
function fill(vector: DuckDBVector, from: AppendedRows['columns'][number], at: number, rows: number): void {
  if (from instanceof Float64Array) {
    (vector as unknown as { items: Float64Array }).items.set(from.subarray(at, at + rows));
    for (let i = 0; i < rows; i++) if (Number.isNaN(from[at + i])) vector.setItem(i, null as never);
  } else for (let i = 0; i < rows; i++) vector.setItem(i, from[at + i] as never);
  vector.flush();
}

/** Appends to a table of a connection, chunk by chunk, letting other work through in between. */
export async function appendRows(
  connection: DuckDBConnection,
  table: string,
  batches: Iterable<AppendedRows>,
): Promise<number> {
  const appender = await connection.createAppender(table);
  const types = Array.from({ length: appender.columnCount }, (_, i) => appender.columnType(i));
  const chunk = DuckDBDataChunk.create(types, chunkRows);
  let appended = 0;
  let chunks = 0;
  try {
    for (const { rows, columns } of batches)
      for (let at = 0; at < rows; at += chunkRows) {
        const count = Math.min(chunkRows, rows - at);
        chunk.rowCount = count;
        columns.forEach((column, i) => {
          fill(chunk.getColumnVector(i), column, at, count);
        });
        appender.appendDataChunk(chunk);
        chunk.reset();
        appended += count;
        if (++chunks % chunksBetweenBreaths === 0) await breathe();
      }
    appender.flushSync();
  } finally {
    appender.closeSync();
  }
  return appended;
}
