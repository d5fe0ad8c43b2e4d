import {
  DuckDBDataChunk,
  DuckDBDecimalValue,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  type DuckDBVector,
} from '@duckdb/node-api';
import { DataType, type RecordBatch, type Schema, type Vector } from 'apache-arrow';
import { ident, type Sql } from '#core/sql/sql.ts';
import { bindings, cell } from '#server/engine/duckdb-values.ts';
import type { Row } from '#server/engine/engine.ts';

/** A DuckDB of the notebook's own, in memory, on which tables of the workspace are laid out for SQL. */
export interface Desk {
  /** Gives the number of rows. */
  lay(name: string, table: ArrowTable): Promise<number>;
  rows<T extends object = Row>(statement: Sql): Promise<T[]>;
  close(): void;
}

/** A table whole in memory, or read as it comes. */
export interface ArrowTable {
  schema: Schema;
  batches: Iterable<RecordBatch> | AsyncIterable<RecordBatch>;
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
      let rows = 0;
      for await (const batch of table.batches) {
        for (let first = 0; first < batch.numRows; first += chunkRows)
          appender.appendDataChunk(chunkOf(batch.slice(first, first + chunkRows), types));
        rows += batch.numRows;
      }
      appender.closeSync();
      return rows;
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
    const { items, dataView } = vector as unknown as { items?: Numbers; dataView?: DataView };
    if (items && items.constructor === values?.constructor) {
      (items as Float64Array).set(values.subarray(0, column.length) as Float64Array);
      markNulls(column, vector);
    } else if (dataView && DataType.isDecimal(column.type) && column.type.precision <= 18) {
      const words = wordsOf(column);
      for (let row = 0; row < column.length; row++) dataView.setBigInt64(8 * row, words[2 * row]!, true);
      markNulls(column, vector);
    } else chunk.setColumnValues(i, valuesOf(column));
  });
  return chunk;
}

/** After values that have one shape on both sides were copied in one go. */
function markNulls(column: Vector, vector: DuckDBVector): void {
  const part = column.data[0]!;
  if (part.nullCount > 0)
    for (let i = 0; i < column.length; i++) if (!part.getValid(i)) vector.setItem(i, null);
  vector.flush();
}

/** A decimal column as whole numbers of its smallest unit: the low and the high half of each. */
function wordsOf(column: Vector): BigInt64Array {
  const { buffer, byteOffset, byteLength } = column.data[0]!.values;
  return new BigInt64Array(buffer, byteOffset, Math.floor(byteLength / 8));
}

/** A column's values one by one, decimals exact. */
function valuesOf(column: Vector): DuckDBValue[] {
  const { type, data } = column;
  const part = data[0]!;
  const each = (read: (i: number) => DuckDBValue): DuckDBValue[] =>
    Array.from({ length: column.length }, (_, i) => (part.getValid(i) ? read(i) : null));
  if (!DataType.isDecimal(type)) return each((i) => column.get(i) as DuckDBValue);
  const words = wordsOf(column);
  const whole = (i: number) => BigInt.asUintN(64, words[2 * i]!) | (words[2 * i + 1]! << 64n);
  return each((i) => new DuckDBDecimalValue(whole(i), type.precision, type.scale));
}
