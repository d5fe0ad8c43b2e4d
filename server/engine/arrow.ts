import { type DuckDBDataChunk, type DuckDBResult, DuckDBTypeId, type DuckDBVector } from '@duckdb/node-api';
import {
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Field,
  Float64,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow';

type Items = Int32Array | BigInt64Array | Float64Array;
const chunksPerBatch = 8;

/** The Arrow type of a result column; what Arrow has no plain type for travels as text. */
function arrowType(result: DuckDBResult, column: number): DataType {
  const id = result.columnTypeId(column);
  if (id === DuckDBTypeId.DECIMAL) {
    const { width, scale } = result.columnType(column) as unknown as { width: number; scale: number };
    return new Decimal(scale, width, 128);
  }
  switch (id) {
    case DuckDBTypeId.BOOLEAN:
      return new Bool();
    case DuckDBTypeId.INTEGER:
      return new Int32();
    case DuckDBTypeId.BIGINT:
      return new Int64();
    case DuckDBTypeId.DOUBLE:
      return new Float64();
    case DuckDBTypeId.DATE:
      return new DateDay();
    case DuckDBTypeId.TIMESTAMP:
      return new TimestampMicrosecond();
    default:
      return new Utf8();
  }
}

/** A result as Arrow record batches of up to 16,384 rows, made from the engine's own buffers while it is read. */
export function arrowBatches(
  result: DuckDBResult,
  done: () => void,
): { schema: Schema; batches: AsyncIterable<RecordBatch> } {
  const types = Array.from({ length: result.columnCount }, (_, i) => arrowType(result, i));
  const fields = result.deduplicatedColumnNames().map((name, i) => new Field(name, types[i]!, true));
  const schema = new Schema(fields);
  async function* batches() {
    try {
      let waiting: DuckDBDataChunk[] = [];
      for await (const chunk of result) {
        if (chunk.rowCount === 0) continue;
        waiting.push(chunk);
        if (waiting.length === chunksPerBatch) {
          yield toBatch(schema, types, waiting);
          waiting = [];
        }
      }
      if (waiting.length) yield toBatch(schema, types, waiting);
    } finally {
      done();
    }
  }
  return { schema, batches: batches() };
}

function toBatch(
  schema: Schema,
  types: readonly DataType[],
  chunks: readonly DuckDBDataChunk[],
): RecordBatch {
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  const children = types.map((type, i) =>
    toData(
      type,
      chunks.map((chunk) => chunk.getColumnVector(i)),
      rows,
    ),
  );
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children }),
  );
}

function toData(type: DataType, vectors: readonly DuckDBVector[], rows: number) {
  const { bitmap, nulls } = validity(vectors, rows);
  const shared = { length: rows, nullCount: nulls, nullBitmap: nulls ? bitmap : null };
  if (type instanceof Utf8) return makeData({ type, ...shared, ...texts(vectors, rows) });
  if (type instanceof Bool) return makeData({ type, ...shared, data: bits(vectors, rows) });
  if (type instanceof Decimal) return makeData({ type, ...shared, data: decimals(vectors, rows) });
  const data: Items =
    type instanceof Float64
      ? new Float64Array(rows)
      : type instanceof Int32 || type instanceof DateDay
        ? new Int32Array(rows)
        : new BigInt64Array(rows);
  copyItems(vectors, data);
  return makeData({ type: type as Int32, ...shared, data: data as Int32Array });
}

function copyItems(vectors: readonly DuckDBVector[], into: Items): void {
  let at = 0;
  for (const vector of vectors) {
    const { items } = vector as unknown as { items: Items };
    (into as Int32Array).set(items as Int32Array, at);
    at += vector.itemCount;
  }
}

/** One bit a row, as Arrow has it. Chunks of DuckDB start on whole bytes: all but the last hold 2,048 rows. */
function validity(vectors: readonly DuckDBVector[], rows: number): { bitmap: Uint8Array; nulls: number } {
  const bitmap = new Uint8Array((rows + 7) >> 3);
  let nulls = 0;
  let at = 0;
  for (const vector of vectors) {
    const { data } = (vector as unknown as { validity: { data: BigUint64Array | null } }).validity;
    for (let i = 0; i < vector.itemCount; i++, at++) {
      const valid = !data || (data[i >> 6]! >> BigInt(i & 63)) & 1n;
      if (valid) bitmap[at >> 3]! |= 1 << (at & 7);
      else nulls++;
    }
  }
  return { bitmap, nulls };
}

function bits(vectors: readonly DuckDBVector[], rows: number): Uint8Array {
  const data = new Uint8Array((rows + 7) >> 3);
  let at = 0;
  for (const vector of vectors)
    for (let i = 0; i < vector.itemCount; i++, at++)
      if (vector.getItem(i) === true) data[at >> 3]! |= 1 << (at & 7);
  return data;
}

/** Decimal128: the unscaled whole number in two little-endian 64-bit words. */
function decimals(vectors: readonly DuckDBVector[], rows: number): Uint32Array {
  const words = new BigInt64Array(rows * 2);
  let at = 0;
  for (const vector of vectors) {
    for (let i = 0; i < vector.itemCount; i++, at += 2) {
      const item = vector.getItem(i) as { value: bigint } | null;
      if (item === null) continue;
      words[at] = BigInt.asIntN(64, item.value);
      words[at + 1] = item.value >> 64n;
    }
  }
  return new Uint32Array(words.buffer);
}

const encoder = new TextEncoder();

function texts(
  vectors: readonly DuckDBVector[],
  rows: number,
): { valueOffsets: Int32Array; data: Uint8Array } {
  const valueOffsets = new Int32Array(rows + 1);
  let data = new Uint8Array(rows * 12 + 64);
  let used = 0;
  let at = 0;
  for (const vector of vectors) {
    for (let i = 0; i < vector.itemCount; i++) {
      const item = vector.getItem(i);
      if (item !== null) {
        const text = String(item);
        if (used + text.length * 3 > data.length) {
          const larger = new Uint8Array(Math.max(data.length * 2, used + text.length * 3));
          larger.set(data);
          data = larger;
        }
        used += encoder.encodeInto(text, data.subarray(used)).written;
      }
      valueOffsets[++at] = used;
    }
  }
  return { valueOffsets, data: data.subarray(0, used) };
}
