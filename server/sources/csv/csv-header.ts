import { parse } from 'csv-parse/sync';
import { DomainError } from '#core/errors/domain-error.ts';
import { columnNames } from '../column-names.ts';

const candidates = [',', ';', '\t', '|'];

export interface Header {
  delimiter: string;
  columns: string[];
  /** Blank lines before the header. */
  skip: number;
}

/**
 * Reads the header from the first characters of a file, with the delimiter stated or else the one that gives the
 * most columns.
 *
 * @throws load_file_empty, load_wrong_delimiter, load_columns_repeated, load_unreadable
 */
export function readHeader(sample: string, file: string, stated?: string): Header {
  if (sample.includes('\0')) throw new DomainError('load_unreadable', { file, reason: 'NUL' });
  const start = sample.search(/\S/);
  if (start < 0) throw new DomainError('load_file_empty', { file });
  const skip = sample.slice(0, start).split('\n').length - 1;
  const text = sample.slice(sample.lastIndexOf('\n', start) + 1);
  const readings = candidates.map((delimiter) => ({
    delimiter,
    columns: firstRow(text, delimiter, false) ?? [],
  }));
  const widest = readings.reduce((a, b) => (b.columns.length > a.columns.length ? b : a));
  const delimiter = stated ?? widest.delimiter;
  const read = { delimiter, columns: columnsOf(text, delimiter) };
  if (read.columns.length === 1 && widest.columns.length > 1)
    throw new DomainError('load_wrong_delimiter', {
      file,
      expected: shown(read.delimiter),
      found: shown(widest.delimiter),
      header: (read.columns[0] ?? '').slice(0, 200),
    });
  return { ...read, columns: columnNames(file, read.columns), skip };
}

const shown = (delimiter: string): string => (delimiter === '\t' ? '\\t' : delimiter);

function columnsOf(text: string, delimiter: string): string[] {
  const rows = firstRow(text, delimiter, false) ?? firstRow(text, delimiter, true) ?? [];
  return rows;
}

/** The first row, or undefined when its quotes make no sense with this delimiter. */
function firstRow(text: string, delimiter: string, relaxed: boolean): string[] | undefined {
  try {
    const rows = parse(text, { delimiter, to: 1, bom: true, relax_quotes: relaxed, trim: true });
    return (rows as string[][])[0];
  } catch {
    return undefined;
  }
}
