import type { Sql } from '#core/sql/sql.ts';
import { arrowStream } from '../engine/arrow-stream.ts';
import type { Engine } from '../engine/engine.ts';
import { csvLines, jsonLines } from '../engine/rows-as-text.ts';
import type { Streamed } from './handle.ts';

export type TableFormat = 'arrow' | 'csv' | 'json';

/** All rows of a statement, written as they are read, as a file of the name given. */
export async function wholeTable(
  engine: Engine,
  statement: Sql,
  name: string,
  format: TableFormat,
): Promise<Streamed> {
  const { schema, batches } = await engine.arrow(statement);
  if (format === 'csv')
    return {
      contentType: 'text/csv; charset=utf-8',
      fileName: `${name}.csv`,
      body: csvLines(schema, batches),
    };
  if (format === 'json')
    return {
      contentType: 'application/x-ndjson',
      fileName: `${name}.ndjson`,
      body: jsonLines(schema, batches),
    };
  return {
    contentType: 'application/vnd.apache.arrow.stream',
    fileName: `${name}.arrows`,
    body: arrowStream(schema, batches),
  };
}
