import {
  type DuckDBDataChunk,
  type DuckDBResult,
  DuckDBTypeId,
  DuckDBVarCharVector,
  type DuckDBVector,
} from '@duckdb/node-api';
import {
  Bool,
  type DataType,
  DateDay,
  Decimal,
  Field,
  Float32,
  Float64,
  Int8,
  Int16,
  Int32,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  TimestampMicrosecond,
  Uint8,
  Uint16,
  Uint32,
  Uint64,
  Utf8,
} from 'apache-arrow';

type Items = Int32Array | BigInt64Array | Float64Array;
type Decimals = DuckDBVector & { dataView?: DataView };
const chunksPerBatch = 8;

/** Types whose values stand in the engine's buffers as Arrow has them. */
const plainTypes = new Map<DuckDBTypeId, () => DataType>([
  [DuckDBTypeId.BOOLEAN, () => new Bool()],
  [DuckDBTypeId.TINYINT, () => new Int8()],
  [DuckDBTypeId.SMALLINT, () => new Int16()],
  [DuckDBTypeId.INTEGER, () => new Int32()],
  [DuckDBTypeId.BIGINT, () => new Int64()],
  [DuckDBTypeId.UTINYINT, () => new Uint8()],
  [DuckDBTypeId.USMALLINT, () => new Uint16()],
  [DuckDBTypeId.UINTEGER, () => new Uint32()],
  [DuckDBTypeId.UBIGINT, () => new Uint64()],
  [DuckDBTypeId.FLOAT, () => new Float32()],
  [DuckDBTypeId.DOUBLE, () => new Float64()],
  [DuckDBTypeId.DATE, () => new DateDay()],
  [DuckDBTypeId.TIMESTAMP, () => new TimestampMicrosecond()],
]);

/** The Arrow type of a result column; what Arrow has no plain type for travels as text. */
function arrowType(result: DuckDBResult, column: number): DataType {
  const id = result.columnTypeId(column);
  if (id === DuckDBTypeId.DECIMAL) {
    const { width, scale } = result.columnType(column) as unknown as { width: number; scale: number };
    return new Decimal(scale, width, 128);
  }
  if (id === DuckDBTypeId.HUGEINT) return new Decimal(0, 38, 128);
  if (id === DuckDBTypeId.TIMESTAMP_TZ) return new TimestampMicrosecond('UTC');
  return plainTypes.get(id)?.() ?? new Utf8();
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
  const data = new (type.ArrayType as new (length: number) => Items)(rows);
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

/** One bit a row, as Arrow has it; none where no chunk has nulls. */
function validity(
  vectors: readonly DuckDBVector[],
  rows: number,
): { bitmap: Uint8Array | null; nulls: number } {
  const masks = vectors.map(
    (vector) => (vector as unknown as { validity: { data: BigUint64Array | null } }).validity.data,
  );
  if (masks.every((mask) => !mask)) return { bitmap: null, nulls: 0 };
  const bitmap = new Uint8Array((rows + 7) >> 3);
  let valid = 0;
  let at = 0;
  for (const [k, mask] of masks.entries()) {
    const count = vectors[k]?.itemCount ?? 0;
    const bytes = mask && new Uint8Array(mask.buffer, mask.byteOffset, mask.byteLength);
    for (let i = 0; i < count; i++, at++) {
      if (bytes && !((bytes[i >> 3]! >> (i & 7)) & 1)) continue;
      bitmap[at >> 3]! |= 1 << (at & 7);
      valid++;
    }
  }
  return { bitmap, nulls: rows - valid };
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
  for (const vector of vectors as readonly Decimals[]) {
    const { dataView } = vector;
    const width = dataView ? dataView.byteLength / Math.max(vector.itemCount, 1) : 0;
    for (let i = 0; i < vector.itemCount; i++, at += 2) {
      if (dataView && (width === 8 || width === 16)) {
        const low = dataView.getBigInt64(i * width, true);
        words[at] = low;
        words[at + 1] = width === 16 ? dataView.getBigInt64(i * 16 + 8, true) : low >> 63n;
        continue;
      }
      const item = vector.getItem(i) as { value: bigint } | bigint | null;
      if (item === null) continue;
      const value = typeof item === 'bigint' ? item : item.value;
      words[at] = BigInt.asIntN(64, value);
      words[at + 1] = value >> 64n;
    }
  }
  return new Uint32Array(words.buffer);
}

const encoder = new TextEncoder();
/** The engine keeps a text of up to so many bytes in its 16-byte entry, after its length. */
const inlineBytes = 12;
const longText = inlineBytes + 1;

/** The entries of a vector without nulls as they stand in memory; null where an entry may hold nothing. */
function inlineTexts(vector: DuckDBVector): { lengths: Uint32Array; bytes: Uint8Array } | null {
  const { dataView, validity: mask } = vector as unknown as {
    dataView: DataView;
    validity: { data: BigUint64Array | null };
  };
  if (mask.data || dataView.byteOffset % 4) return null;
  const { buffer, byteOffset, byteLength } = dataView;
  return {
    lengths: new Uint32Array(buffer, byteOffset, byteLength >> 2),
    bytes: new Uint8Array(buffer, byteOffset, byteLength),
  };
}

function texts(
  vectors: readonly DuckDBVector[],
  rows: number,
): { valueOffsets: Int32Array; data: Uint8Array } {
  const valueOffsets = new Int32Array(rows + 1);
  let data = new Uint8Array(rows * 12 + 64);
  let used = 0;
  let at = 0;
  const room = (bytes: number) => {
    if (used + bytes <= data.length) return;
    const larger = new Uint8Array(Math.max(data.length * 2, used + bytes));
    larger.set(data);
    data = larger;
  };
  for (const vector of vectors) {
    const inline = vector instanceof DuckDBVarCharVector ? inlineTexts(vector) : null;
    for (let i = 0; i < vector.itemCount; i++) {
      const length = inline?.lengths[i * 4] ?? longText;
      if (inline && length <= inlineBytes) {
        room(length);
        const begin = i * 16 + 4;
        for (let k = 0; k < length; k++) data[used + k] = inline.bytes[begin + k]!;
        used += length;
      } else {
        const item = vector.getItem(i);
        if (item !== null) {
          const text = String(item);
          room(text.length * 3);
          used += encoder.encodeInto(text, data.subarray(used)).written;
        }
      }
      valueOffsets[++at] = used;
    }
  }
  return { valueOffsets, data: data.subarray(0, used) };
}
