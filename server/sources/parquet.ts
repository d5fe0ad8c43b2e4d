import { DomainError } from '#core/errors/domain-error.ts';
import { ident, join, literal, sql } from '#core/sql/sql.ts';
import { canonicalTypes } from './canonical-types.ts';
import { readThrough } from './read-through.ts';
import { defineSource } from './source.ts';

const magic = 'PAR1';

export default defineSource({
  text: {
    title: { es: 'Parquet', en: 'Parquet' },
    summary: {
      es: 'Columnas con su tipo, leídas tal cual',
      en: 'Typed columns, read as they are',
    },
  },
  endings: ['.parquet'],

  async inspect({ engine, path, name, onBytes }) {
    let head = '';
    let tail = '';
    let read = 0;
    const facts = await readThrough(path, name, (piece) => {
      if (head.length < 4) head = (head + piece.subarray(0, 4).toString('latin1')).slice(0, 4);
      tail = (tail + piece.subarray(-4).toString('latin1')).slice(-4);
      read += piece.length;
      onBytes(read);
    });
    if (head !== magic || tail !== magic)
      throw new DomainError(head === magic ? 'load_truncated' : 'load_unreadable', {
        file: name,
        reason: `${magic} ≠ ${JSON.stringify(head === magic ? tail : head)}`,
      });
    try {
      const columns = await engine.rows<{ column_name: string; column_type: string }>(
        sql`DESCRIBE SELECT * FROM read_parquet(${literal(path)})`,
      );
      return {
        path,
        name,
        ...facts,
        columns: columns.map((column) => column.column_name),
        found: Object.fromEntries(columns.map((column) => [column.column_name, column.column_type])),
      };
    } catch (error) {
      const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
      throw new DomainError('load_truncated', { file: name, reason }, { cause: error });
    }
  },

  async open({ inspection }) {
    const columns = inspection.columns.filter((name) => name !== 'source_row');
    const names = join(columns.map((name) => ident(name)));
    return {
      relation: sql`(SELECT ${names}, file_row_number + 1 AS source_row FROM read_parquet(${literal(inspection.path)}, file_row_number = true)) AS raw_rows`,
      columns: new Map(columns.map((name) => [name, canonicalTypes[String(inspection.found[name])] ?? null])),
      typed: true,
    };
  },
});
