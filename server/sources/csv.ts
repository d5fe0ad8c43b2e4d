import type { RawRelation } from '#core/portfolio/map/field.ts';
import { ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import { plainName } from './converted/plain-name.ts';
import { readHeader } from './csv/csv-header.ts';
import { placesOf } from './csv/csv-lines.ts';
import { type Encoding, plainText, TextCheck } from './csv/csv-text.ts';
import { dateFormats, quickOf } from './csv/csv-typed.ts';
import { readThrough } from './read-through.ts';
import { defineSource, type Inspection } from './source.ts';

/** The file as the engine's reader takes it, with every choice made so that nothing is left to guessing. */
async function plainOf({ path, found }: Inspection, scratch: string, name: string): Promise<string> {
  const mixedLines = found.mixedLines === true;
  const text = { gzip: found.gzip === true, encoding: found.encoding as Encoding, mixedLines };
  return plainText(path, text, scratch, `${name}.csv`);
}

function reader(
  path: string,
  { found }: Inspection,
  types: readonly (readonly [string, string])[],
  more: string,
): Sql {
  const columns = join(types.map(([name, type]) => sql`${literal(name)}: ${literal(type)}`));
  return sql`read_csv(${literal(path)}, auto_detect = false, compression = 'none', header = true, skip = ${raw(String(found.skip))}, delim = ${literal(String(found.delimiter))}, quote = '"', escape = '"', nullstr = '', columns = {${columns}}, max_line_size = 16000000${raw(more)})`;
}

/** Columns are held by names of their own: one of the file may have a name that means something to the engine. */
function asText({ columns }: Inspection, held: Sql): RawRelation {
  const named = columns
    .map((name, i) => ({ name, held: plainName(i) }))
    .filter(({ name }) => name.toLowerCase() !== 'source_row');
  const names = join(named.map(({ name, held }) => sql`${ident(held)} AS ${ident(name)}`));
  return {
    relation: sql`(SELECT ${names}, rowid + 1 AS source_row FROM ${held}) AS raw_rows`,
    columns: new Map(named.map(({ name }) => [name, 'text'])),
    typed: false,
  };
}

/** Of a broken row, what is kept to be shown. */
const shownLength = 500;
const brokenReason = sql`CASE WHEN error_type = 'TOO MANY COLUMNS' THEN 'reject_too_many_columns' WHEN error_type = 'MISSING COLUMNS' THEN 'reject_too_few_columns' WHEN error_type = 'UNQUOTED VALUE' THEN 'reject_quotes' WHEN error_type = 'LINE SIZE OVER MAXIMUM' THEN 'reject_too_long' ELSE 'reject_not_readable' END`;

export default defineSource({
  text: {
    title: { es: 'CSV', en: 'CSV' },
    summary: {
      es: 'Texto con separador, con comillas, comprimido o no, en UTF-8, UTF-16 o Windows-1252',
      en: 'Delimited text, quoted, zipped or not, in UTF-8, UTF-16 or Windows-1252',
    },
  },
  endings: ['.csv', '.tsv', '.txt'],

  async inspect({ path, name, options, onBytes }) {
    const check = new TextCheck(name, options.encoding);
    let read = 0;
    const facts = await readThrough(path, name, async (piece) => {
      await check.take(piece);
      read += piece.length;
      onBytes(read);
    });
    const { sample, ...text } = await check.end();
    const header = readHeader(sample, name, options.delimiter);
    return {
      path,
      name,
      ...facts,
      columns: header.columns,
      found: { ...text, delimiter: header.delimiter, skip: header.skip },
    };
  },

  async open({ session, inspection, stagingTable, brokenTable, scratch }) {
    const table = ident(stagingTable);
    const path = await plainOf(inspection, scratch, stagingTable);
    const types = inspection.columns.map((_, i) => [plainName(i), 'VARCHAR'] as const);
    await session.run(
      sql`CREATE OR REPLACE TABLE ${table} AS SELECT * FROM ${reader(path, inspection, types, ', store_rejects = true, rejects_limit = 0')}`,
    );
    await session.run(
      sql`INSERT INTO ${ident(brokenTable)} SELECT line, left(trim(csv_line, chr(13) || chr(10)), ${raw(String(shownLength))}), min(${brokenReason}) FROM reject_errors GROUP BY line, csv_line`,
    );
    return asText(inspection, table);
  },

  async pass({ inspection, options, stagingTable, scratch, wanted }) {
    const path = await plainOf(inspection, scratch, stagingTable);
    const quick = new Map([...wanted].map(([name, type]) => [name, quickOf(type, options, inspection)]));
    const types = inspection.columns.map((name) => [name, quick.get(name)?.read ?? 'VARCHAR'] as const);
    const format = dateFormats[options.dates];
    const days = format ? `, dateformat = '${format}'` : '';
    const chosen = [...quick].map(([name, { value }]) => sql`${value(ident(name))} AS ${ident(name)}`);
    return {
      relation: sql`(SELECT ${join(chosen)}, 0 AS source_row FROM ${reader(path, inspection, types, days)}) AS raw_rows`,
      columns: new Map([...quick].map(([name, { type }]) => [name, type])),
      typed: true,
    };
  },

  locate: ({ path, columns, found }, positions) =>
    placesOf(
      {
        path,
        gzip: found.gzip === true,
        encoding: found.encoding as Encoding,
        delimiter: String(found.delimiter),
        columns: columns.length,
        mixedLines: found.mixedLines === true,
      },
      positions,
    ),
});
