import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { PassThrough } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Places } from '../source.ts';
import type { Encoding } from './csv-text.ts';

interface Parsed {
  record: string[];
  info: { lines: number; records: number };
}

export interface LinesRequest {
  path: string;
  gzip: boolean;
  encoding: Encoding;
  delimiter: string;
  columns: number;
  mixedLines?: boolean;
}

/**
 * Where rows stand in a file, by reading it again. `positions` count the rows that have as many columns as the
 * header, from 1; the others are those whose form is broken, and all of them are told.
 *
 * @throws load_unreadable when a quote is never closed
 */
export async function placesOf(request: LinesRequest, positions: ReadonlySet<number>): Promise<Places> {
  const text = createReadStream(request.path)
    .pipe(request.gzip ? createGunzip() : new PassThrough())
    .pipe(request.encoding === 'utf-8' ? new PassThrough() : iconv.decodeStream(request.encoding));
  const records = text.pipe(
    parse({
      delimiter: request.delimiter,
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      ...(request.mixedLines ? { record_delimiter: ['\r\n', '\n'] } : {}),
    }),
  ) as unknown as AsyncIterable<Parsed>;
  const places: Places = { readable: new Map(), broken: [] };
  let position = -1;
  try {
    for await (const { record, info } of records) {
      const within = record.reduce((sum, value) => sum + value.split('\n').length - 1, 0);
      const place = { row: info.records - 1, line: info.lines - within };
      if (record.length !== request.columns) places.broken.push(place);
      else if (positions.has(++position)) places.readable.set(position, place);
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new DomainError('load_unreadable', {
      file: basename(request.path),
      reason: error.message.split(':')[0] ?? error.code,
    });
  }
  return places;
}
