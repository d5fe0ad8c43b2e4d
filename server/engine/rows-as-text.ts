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
    return (vector, row) => (vector.isValid(row) ? isoDay(Number(wholeAt(vector, row))) : null);
  if (DataType.isTimestamp(field.type))
    return (vector, row) => (vector.isValid(row) ? isoInstant(BigInt(wholeAt(vector, row))) : null);
  return (vector, row) => {
    const value: unknown = vector.get(row);
    if (typeof value === 'bigint') {
      const number = Number(value);
      return Number.isSafeInteger(number) ? number : String(value);
    }
    return value as Value;
  };
}

type Whole = Int32Array | BigInt64Array;
const wholeAt = (vector: Vector, row: number): number | bigint =>
  (vector.data[0] as { values: Whole }).values[row] ?? 0;

const dayMicros = 86_400_000_000n;
/** Beyond these days ISO 8601 has no plain form; the engine keeps its infinities there too. */
const furthestDay = 2_932_896;
const mostDaysKnown = 20_000;
const daysKnown = new Map<number, string>();

/** Dates repeat in any table, so each is worded once. */
function isoDay(days: number): string {
  const known = daysKnown.get(days);
  if (known) return known;
  if (days > furthestDay) return 'infinity';
  if (days < -furthestDay) return '-infinity';
  const text = new Date(days * 86_400_000).toISOString().slice(0, 10);
  if (daysKnown.size < mostDaysKnown) daysKnown.set(days, text);
  return text;
}

/** To the millisecond, and to the microsecond where there is one. */
function isoInstant(micros: bigint): string {
  const days = Number(micros / dayMicros);
  if (days > furthestDay || days < -furthestDay) return isoDay(days);
  const millis = micros >= 0n ? micros / 1000n : (micros - 999n) / 1000n;
  const rest = micros - millis * 1000n;
  const text = new Date(Number(millis)).toISOString();
  return rest ? `${text.slice(0, -1)}${String(rest).padStart(3, '0')}Z` : text;
}

const allOnes = 0xffff_ffff;
const wordSize = 2 ** 32;
/** The upper of two words of a whole number that a double holds exactly. */
const mostUpper = 2 ** 21;

/** The decimal's unscaled whole number read from its four words, with the point put in. */
function exact(vector: Vector, row: number, scale: number): string {
  const words = (vector.data[0] as { values: Uint32Array }).values;
  const at = row * 4;
  const [a, b, c, d] = [words[at]!, words[at + 1]!, words[at + 2]!, words[at + 3]!];
  if (c === 0 && d === 0 && b < mostUpper) return pointed(String(b * wordSize + a), scale, false);
  if (c === allOnes && d === allOnes && b > allOnes - mostUpper + 1)
    return pointed(String((allOnes - b) * wordSize + (allOnes - a) + 1), scale, true);
  const low = BigInt(a) | (BigInt(b) << 32n);
  const high = BigInt(c) | (BigInt(d) << 32n);
  const whole = BigInt.asIntN(128, low | (high << 64n));
  return pointed((whole < 0n ? -whole : whole).toString(), scale, whole < 0n);
}

function pointed(digits: string, scale: number, negative: boolean): string {
  const sign = negative ? '-' : '';
  if (!scale) return sign + digits;
  const text = digits.length > scale ? digits : digits.padStart(scale + 1, '0');
  return `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`;
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
  yield* lines(schema, batches, (value, i) => (i ? ',' : '') + csvField(value, isText[i] === true), '\n');
}

/** Every value written in its place, a text a batch. */
async function* lines(
  schema: Schema,
  batches: AsyncIterable<RecordBatch>,
  write: (value: Value, column: number) => string,
  end: string,
): AsyncGenerator<string> {
  const readers = schema.fields.map(reader);
  for await (const batch of batches) {
    const vectors = schema.fields.map((_, i) => batch.getChildAt(i) as Vector);
    let text = '';
    for (let row = 0; row < batch.numRows; row++) {
      for (let i = 0; i < readers.length; i++) text += write(readers[i]!(vectors[i]!, row), i);
      text += end;
    }
    yield text;
  }
}

/** One JSON object a line. */
export async function* jsonLines(
  schema: Schema,
  batches: AsyncIterable<RecordBatch>,
): AsyncGenerator<string> {
  const begins = schema.fields.map(({ name }, i) => `${i ? ',' : '{'}${JSON.stringify(name)}:`);
  yield* lines(schema, batches, (value, i) => begins[i] + JSON.stringify(value), '}\n');
}
