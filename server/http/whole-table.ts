import type { Sql } from '#core/sql/sql.ts';
import type { Engine } from '../engine/engine.ts';
import { arrowStream } from './arrow-stream.ts';
import type { Streamed } from './handle.ts';
import { csvLines, jsonLines } from './rows-as-text.ts';

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
