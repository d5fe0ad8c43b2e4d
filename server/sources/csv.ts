import type { RawRelation } from '#core/portfolio/map/field.ts';
import { ident, join, literal, raw, type Sql, sql } from '#core/sql/sql.ts';
import { readHeader } from './csv-header.ts';
import { placesOf } from './csv-lines.ts';
import { type Encoding, plainText, TextCheck } from './csv-text.ts';
import { readThrough } from './read-through.ts';
import { defineSource, type Inspection } from './source.ts';

/** The reader with every choice made, so that nothing is left to guessing: all columns are text. */
function reader(path: string, columns: readonly string[], delimiter: string, skip: number): Sql {
  const types = join(columns.map((name) => sql`${literal(name)}: 'VARCHAR'`));
  return sql`read_csv(${literal(path)}, auto_detect = false, header = true, skip = ${raw(String(skip))}, delim = ${literal(delimiter)}, quote = '"', escape = '"', nullstr = '', columns = {${types}}, max_line_size = 16000000, store_rejects = true, rejects_limit = 0)`;
}

async function read({ path, columns, found }: Inspection, scratch: string, name: string): Promise<Sql> {
  const text = { gzip: found.gzip === true, encoding: found.encoding as Encoding };
  const plain = await plainText(path, text, scratch, `${name}.csv`);
  return reader(plain, columns, String(found.delimiter), Number(found.skip));
}

function asText({ columns }: Inspection, rows: Sql, position: Sql): RawRelation {
  const names = join(columns.map((name) => ident(name)));
  return {
    relation: sql`(SELECT ${names}, ${position} AS source_row FROM ${rows}) AS raw_rows`,
    columns: new Map(columns.map((name) => [name, 'text'])),
    typed: false,
  };
}

const brokenReason = sql`CASE WHEN error_type = 'TOO MANY COLUMNS' THEN 'reject_too_many_columns' WHEN error_type = 'MISSING COLUMNS' THEN 'reject_too_few_columns' WHEN error_type = 'UNQUOTED VALUE' THEN 'reject_quotes' ELSE 'reject_not_readable' END`;

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
    await session.run(
      sql`CREATE OR REPLACE TABLE ${table} AS SELECT * FROM ${await read(inspection, scratch, stagingTable)}`,
    );
    await session.run(
      sql`INSERT INTO ${ident(brokenTable)} SELECT line, trim(csv_line, chr(13) || chr(10)), min(${brokenReason}) FROM reject_errors GROUP BY line, csv_line`,
    );
    return asText(inspection, table, raw('rowid + 1'));
  },

  pass: {
    open: async ({ inspection, stagingTable, scratch }) =>
      asText(inspection, await read(inspection, scratch, stagingTable), raw('0')),
    broken: async (session) =>
      (await session.first<{ n: number }>(sql`SELECT count(*) AS n FROM reject_errors`))?.n ?? 0,
  },

  locate: ({ path, columns, found }, positions) =>
    placesOf(
      {
        path,
        gzip: found.gzip === true,
        encoding: found.encoding as Encoding,
        delimiter: String(found.delimiter),
        columns: columns.length,
      },
      positions,
    ),
});
