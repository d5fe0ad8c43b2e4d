import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { neutralised } from '#core/contact/messages.ts';
import type { Manifest } from '#core/contract/delivery/exports.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Delivery } from '../destination.ts';
import type { CutPart } from './cut.ts';
import { writeThrough } from './through.ts';
import { writeArrow } from './write-arrow.ts';

export const partFormats = ['csv', 'ndjson', 'parquet', 'arrow'] as const;
export type PartFormat = (typeof partFormats)[number];

export interface WantedParts {
  formats: readonly PartFormat[];
  /** Most rows of a part. */
  rows?: number | undefined;
  /** Most bytes of a part; a larger row goes alone. */
  bytes?: number | undefined;
}

/** Formats that can be cut between any two rows, at the byte. */
export const cutByBytes: readonly PartFormat[] = ['csv', 'ndjson'];
const extensions: Record<PartFormat, string> = {
  csv: 'csv',
  ndjson: 'ndjson',
  parquet: 'parquet',
  arrow: 'arrows',
};
const nameOf = (format: PartFormat, number?: number): string =>
  `messages${number === undefined ? '' : `-${String(number).padStart(4, '0')}`}.${extensions[format]}`;

/**
 * Writes the messages into a folder, in every format wanted. They are worked out once: a single format comes straight from the
 * query, several from a Parquet file of them. The same messages give the same bytes.
 *
 * @throws Error when there are not as many messages as people to be sent
 */
export async function writeParts(
  delivery: Delivery<unknown>,
  wanted: WantedParts,
  folder: string,
): Promise<Manifest['parts']> {
  const { engine } = delivery;
  const formats = [...new Set(wanted.formats)];
  const [only] = formats;
  const straight = formats.length === 1 && only !== undefined && (cutByBytes.includes(only) || !wanted.rows);
  if (straight) return writeFormat(delivery, wanted, folder, only, sql`(${delivery.messages})`);
  const written = new Map<PartFormat, Manifest['parts']>();
  const keeps = formats.includes('parquet') && !wanted.rows;
  const staged = join(folder, keeps ? nameOf('parquet') : '.messages');
  if (keeps) {
    delivery.progress(0, 'parquet');
    written.set('parquet', await writeFormat(delivery, {}, folder, 'parquet', sql`(${delivery.messages})`));
  } else {
    delivery.progress(0, 'messages');
    const rows = await engine.run(engine.dialect.writeParquet(delivery.messages, staged));
    requireAll(delivery, rows);
  }
  const rest = formats.filter((format) => !written.has(format));
  for (const [i, format] of rest.entries()) {
    delivery.checkCancelled();
    delivery.progress((i + 1) / (rest.length + 1), format);
    const relation = sql`${engine.dialect.parquetFile(staged)}`;
    const parts =
      wanted.rows && !cutByBytes.includes(format)
        ? await writeRanges(delivery, wanted.rows, folder, format, staged)
        : await writeFormat(delivery, wanted, folder, format, relation);
    written.set(format, parts);
  }
  if (!keeps) await rm(staged);
  return formats.flatMap((format) => written.get(format) ?? []);
}

const requireAll = ({ batch, rows }: Delivery<unknown>, written: number): void => {
  if (written !== rows)
    throw new Error(`batch ${batch?.id ?? '–'} has ${rows} people to be sent but gives ${written} messages`);
};

/** One format of all messages of a relation that holds them in their order. */
async function writeFormat(
  delivery: Delivery<unknown>,
  { rows: partRows, bytes }: Omit<WantedParts, 'formats'>,
  folder: string,
  format: PartFormat,
  messages: Sql,
): Promise<Manifest['parts']> {
  const cut = cutByBytes.includes(format) ? { rows: partRows, bytes } : {};
  const { rows, parts } = await writeOne(delivery, folder, format, nameOf(format), messages, cut);
  requireAll(delivery, rows);
  return parts.map((part) => ({ ...part, rows: part.rows ?? rows }));
}

/** One format in parts of so many rows each, from the file of all messages. */
async function writeRanges(
  delivery: Delivery<unknown>,
  most: number,
  folder: string,
  format: PartFormat,
  staged: string,
): Promise<Manifest['parts']> {
  const parts: Manifest['parts'] = [];
  let from = 0;
  do {
    const range = delivery.engine.dialect.parquetRows(staged, from, from + most);
    const name = nameOf(format, parts.length + 1);
    const written = await writeOne(delivery, folder, format, name, range, {});
    parts.push(...written.parts.map((part) => ({ ...part, rows: written.rows })));
    from += most;
  } while (from < delivery.rows);
  requireAll(
    delivery,
    parts.reduce((sum, { rows }) => sum + rows, 0),
  );
  return parts;
}

function writeOne(
  delivery: Delivery<unknown>,
  folder: string,
  format: PartFormat,
  name: string,
  messages: Sql,
  cut: { rows?: number | undefined; bytes?: number | undefined },
): Promise<{ rows: number; parts: CutPart[] }> {
  const { engine, columns, checkCancelled } = delivery;
  const { dialect } = engine;
  const plain = sql`SELECT * FROM ${messages} m`;
  const write: Record<PartFormat, (path: string) => Promise<number>> = {
    csv: (path) => engine.run(dialect.writeCsv(neutralised(columns, messages), path)),
    ndjson: (path) => engine.run(dialect.writeNdjson(plain, path)),
    parquet: (path) => engine.run(dialect.writeParquet(plain, path)),
    arrow: (path) => writeArrow(engine, plain, path),
  };
  return writeThrough(write[format], { folder, name, ...cut, csv: format === 'csv' }, checkCancelled);
}
