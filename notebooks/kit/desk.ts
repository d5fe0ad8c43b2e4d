import {
  DuckDBDataChunk,
  DuckDBDecimalValue,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  type DuckDBVector,
} from '@duckdb/node-api';
import { DataType, type RecordBatch, type Table, type Vector } from 'apache-arrow';
import { ident, type Sql } from '#core/sql/sql.ts';
import { bindings, cell } from '#server/engine/duckdb-values.ts';
import type { Row } from '#server/engine/engine.ts';

/** A DuckDB of the notebook's own, in memory, on which tables of the workspace are laid out for SQL. */
export interface Desk {
  lay(name: string, table: Table): Promise<void>;
  rows<T extends object = Row>(statement: Sql): Promise<T[]>;
  close(): void;
}

/** Rows a data chunk of DuckDB holds. */
const chunkRows = 2048;

export async function openDesk(memoryLimit: string, threads: number): Promise<Desk> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: memoryLimit,
    autoinstall_known_extensions: 'false',
  });
  const connection = await instance.connect();
  await connection.run("SET GLOBAL TimeZone = 'UTC'");
  return {
    async lay(name, table) {
      const columns = table.schema.fields.map((field) => `${ident(field.name).text} ${sqlType(field.type)}`);
      await connection.run(`CREATE OR REPLACE TABLE ${ident(name).text} (${columns.join(', ')})`);
      const appender = await connection.createAppender(name);
      const types = columns.map((_, i) => appender.columnType(i));
      for (const batch of table.batches)
        for (let first = 0; first < batch.numRows; first += chunkRows)
          appender.appendDataChunk(chunkOf(batch.slice(first, first + chunkRows), types));
      appender.closeSync();
    },
    async rows<T extends object>(statement: Sql): Promise<T[]> {
      const { values, types } = bindings(statement.values);
      const reader = await connection.runAndReadAll(statement.text, values, types as never);
      const names = reader.deduplicatedColumnNames();
      return reader
        .getRows()
        .map((row) => Object.fromEntries(names.map((name, i) => [name, cell(row[i]!)])) as T);
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

function sqlType(type: DataType): string {
  if (DataType.isDecimal(type)) return `DECIMAL(${type.precision}, ${type.scale})`;
  if (DataType.isBool(type)) return 'BOOLEAN';
  if (DataType.isInt(type)) return type.bitWidth === 64 ? 'BIGINT' : 'INTEGER';
  if (DataType.isFloat(type)) return 'DOUBLE';
  if (DataType.isDate(type)) return 'DATE';
  if (DataType.isTimestamp(type)) return 'TIMESTAMP';
  return 'VARCHAR';
}

type Numbers = Float64Array | Int32Array | BigInt64Array;

function chunkOf(batch: RecordBatch, types: readonly DuckDBType[]): DuckDBDataChunk {
  const chunk = DuckDBDataChunk.create(types, batch.numRows);
  batch.schema.fields.forEach((_, i) => {
    const column = batch.getChildAt(i)!;
    const { values } = column.data[0]!;
    const vector = chunk.getColumnVector(i);
    const { items } = vector as unknown as { items?: Numbers };
    if (items && items.constructor === values?.constructor) copyWhole(column, items, vector);
    else chunk.setColumnValues(i, valuesOf(column));
  });
  return chunk;
}

/** Numbers, dates and instants have one shape on both sides: they are copied in one go, and nulls marked after. */
function copyWhole(column: Vector, items: Numbers, vector: DuckDBVector): void {
  const part = column.data[0]!;
  (items as Float64Array).set(part.values.subarray(0, column.length) as Float64Array);
  if (part.nullCount > 0)
    for (let i = 0; i < column.length; i++) if (!part.getValid(i)) vector.setItem(i, null);
  vector.flush();
}

/** A column's values one by one. Decimals stay exact: Arrow keeps their whole number of hundredths. */
function valuesOf(column: Vector): DuckDBValue[] {
  const { type, data } = column;
  const part = data[0]!;
  const each = (read: (i: number) => DuckDBValue): DuckDBValue[] =>
    Array.from({ length: column.length }, (_, i) => (part.getValid(i) ? read(i) : null));
  if (!DataType.isDecimal(type)) return each((i) => column.get(i) as DuckDBValue);
  const { buffer, byteOffset, byteLength } = part.values;
  const words = new BigInt64Array(buffer, byteOffset, Math.floor(byteLength / 8));
  const whole = (i: number) => BigInt.asUintN(64, words[2 * i]!) | (words[2 * i + 1]! << 64n);
  return each((i) => new DuckDBDecimalValue(whole(i), type.precision, type.scale));
}
