import { open } from 'node:fs/promises';
import type { Sql } from '#core/sql/sql.ts';
import { arrowStream } from '../../engine/arrow-stream.ts';
import type { Engine } from '../../engine/engine.ts';

/** Writes a query's rows, in its order, as one Arrow IPC stream, a batch at a time; gives how many they are. */
export async function writeArrow(engine: Engine, query: Sql, path: string): Promise<number> {
  const { schema, batches } = await engine.arrow(query);
  let rows = 0;
  async function* counted() {
    for await (const batch of batches) {
      rows += batch.numRows;
      yield batch;
    }
  }
  const file = await open(path, 'w');
  try {
    for await (const piece of arrowStream(schema, counted()))
      for (let at = 0; at < piece.length; ) at += (await file.write(piece, at)).bytesWritten;
  } finally {
    await file.close();
  }
  return rows;
}
