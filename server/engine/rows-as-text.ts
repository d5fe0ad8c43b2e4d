import { DataType, type Field, type RecordBatch, type Schema, type Vector } from 'apache-arrow';

export type Value = string | number | boolean | null;
type Read = (vector: Vector, row: number) => Value;

/** How a column's values are written: money exactly, dates and instants in ISO, the rest as it is. */
function reader(field: Field): Read {
  if (DataType.isDecimal(field.type)) {
    const { scale } = field.type;
    return (vector, row) => (vector.isValid(row) ? exact(vector, row, scale) : null);
  }
  if (DataType.isDate(field.type))
    return (vector, row) => (vector.isValid(row) ? isoDay(wholeAt(vector, row)) : null);
  if (DataType.isTimestamp(field.type))
    return (vector, row) => (vector.isValid(row) ? isoInstant(wholeAt(vector, row)) : null);
  return (vector, row) => {
    const value: unknown = vector.get(row);
    if (typeof value === 'bigint') {
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : String(value);
    }
    return value as Value;
  };
}

const wholeAt = (vector: Vector, row: number): bigint =>
  BigInt((vector.data[0] as { values: Int32Array | BigInt64Array }).values[row] ?? 0);

const dayMicros = 86_400_000_000n;
/** Beyond these days ISO 8601 has no plain form; the engine keeps its infinities there too. */
const furthestDay = 2_932_896n;

function isoDay(days: bigint): string {
  if (days > furthestDay) return 'infinity';
  if (days < -furthestDay) return '-infinity';
  return new Date(Number(days) * 86_400_000).toISOString().slice(0, 10);
}

/** To the millisecond, and to the microsecond where there is one. */
function isoInstant(micros: bigint): string {
  const days = micros / dayMicros;
  if (days > furthestDay || days < -furthestDay) return isoDay(days);
  const millis = micros >= 0n ? micros / 1000n : (micros - 999n) / 1000n;
  const rest = micros - millis * 1000n;
  const text = new Date(Number(millis)).toISOString();
  return rest ? `${text.slice(0, -1)}${String(rest).padStart(3, '0')}Z` : text;
}

/** The decimal's unscaled whole number read from its words, with the point put in. */
function exact(vector: Vector, row: number, scale: number): string {
  const words = vector.data[0]?.values as Uint32Array;
  const at = row * 4;
  const low = BigInt(words[at]!) | (BigInt(words[at + 1]!) << 32n);
  const high = BigInt(words[at + 2]!) | (BigInt(words[at + 3]!) << 32n);
  const whole = BigInt.asIntN(128, low | (high << 64n));
  const digits = (whole < 0n ? -whole : whole).toString().padStart(scale + 1, '0');
  const text = scale ? `${digits.slice(0, -scale)}.${digits.slice(-scale)}` : digits;
  return whole < 0n ? `-${text}` : text;
}

/** Rows as lists of values, a batch at a time. */
export async function* rowsOf(
  schema: Schema,
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<Value[][]> {
  const readers = schema.fields.map(reader);
  for await (const batch of batches) {
    const vectors = schema.fields.map((_, i) => batch.getChildAt(i));
    yield Array.from({ length: batch.numRows }, (_, row) => readers.map((read, i) => read(vectors[i]!, row)));
  }
}

/** Text that a spreadsheet would run as a formula, made plain by a leading apostrophe; numbers stay numbers. */
const neutral = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** A value as a field of a line (RFC 4180); nothing where there is none. */
const csvField = (value: Value, isText: boolean): string => {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = isText ? neutral(value) : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** CSV with a header, a batch at a time. */
export async function* csvLines(schema: Schema, batches: AsyncIterable<RecordBatch>): AsyncGenerator<string> {
  const isText = schema.fields.map(({ type }) => DataType.isUtf8(type));
  yield `${schema.fields.map(({ name }) => csvField(name, true)).join(',')}\n`;
  for await (const rows of rowsOf(schema, batches)) {
    let lines = '';
    for (const row of rows) {
      for (let i = 0; i < row.length; i++)
        lines += (i ? ',' : '') + csvField(row[i] ?? null, isText[i] === true);
      lines += '\n';
    }
    yield lines;
  }
}

/** One JSON object a line. */
export async function* jsonLines(
  schema: Schema,
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<string> {
  const begins = schema.fields.map(({ name }, i) => `${i ? ',' : '{'}${JSON.stringify(name)}:`);
  for await (const rows of rowsOf(schema, batches)) {
    let lines = '';
    for (const row of rows) {
      for (let i = 0; i < row.length; i++) lines += begins[i] + JSON.stringify(row[i] ?? null);
      lines += '}\n';
    }
    yield lines;
  }
}
