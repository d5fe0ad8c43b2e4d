import { type Data, DataType, type Vector } from 'apache-arrow';
import { dayText, decimalText, instantText, timeText } from './write.ts';

/** How the values of a column are written as text, and the engine's type that reads exactly that text. */
export interface ColumnWriter {
  type: string;
  /** Makes the writer of one batch: a row's value as text, null for none. */
  of(vector: Vector): (row: number) => string | null;
}

const units = [1n, 1_000n, 1_000_000n, 1_000_000_000n];
const ints: Record<string, string> = {
  Int8: 'INTEGER',
  Int16: 'INTEGER',
  Int32: 'INTEGER',
  Int64: 'BIGINT',
  Uint8: 'INTEGER',
  Uint16: 'INTEGER',
  Uint32: 'BIGINT',
  Uint64: 'UBIGINT',
};

type Raw = { [index: number]: number | bigint };

/** A writer from the buffer of the column itself, where no value of a row is looked at twice. */
function fromBuffer(type: string, write: (values: Raw, row: number) => string): ColumnWriter {
  return {
    type,
    of: (vector) => {
      const data = vector.data[0] as Data;
      const values = data.values as unknown as Raw;
      return data.nullCount === 0
        ? (row) => write(values, row)
        : (row) => (data.getValid(row) ? write(values, row) : null);
    },
  };
}

/** A writer from values as apache-arrow gives them. */
const fromValue = (type: string, write: (value: never) => string): ColumnWriter => ({
  type,
  of: (vector) => (row) => {
    const value = vector.get(row) as never;
    return value === null ? null : write(value);
  },
});

const floatText = (value: number): string =>
  Number.isFinite(value) ? String(value) : Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';

/** How a column of a type is written; null for a type that is not read. */
export function writerOf(type: DataType): ColumnWriter | null {
  if (DataType.isNull(type)) return { type: 'VARCHAR', of: () => () => null };
  if (DataType.isBool(type)) return fromValue('BOOLEAN', String);
  if (DataType.isInt(type))
    return fromBuffer(ints[type.toString()] ?? 'HUGEINT', (values, row) => String(values[row]));
  if (DataType.isFloat(type)) return fromValue(type.precision === 2 ? 'DOUBLE' : 'FLOAT', floatText);
  if (DataType.isDecimal(type)) return decimalWriter(type.precision, type.scale, type.bitWidth);
  if (isText(type)) return fromValue('VARCHAR', String);
  if (DataType.isDate(type))
    return fromBuffer('DATE', (values, row) =>
      dayText(type.unit === 0 ? Number(values[row]) : Math.floor(Number(values[row]) / 86_400_000)),
    );
  if (DataType.isTimestamp(type)) {
    const perSecond = units[type.unit] ?? 1n;
    return fromBuffer('TIMESTAMP', (values, row) => instantText(BigInt(values[row] ?? 0), perSecond));
  }
  if (DataType.isTime(type)) {
    const perSecond = units[type.unit] ?? 1n;
    return fromBuffer('TEXT', (values, row) => timeText(BigInt(values[row] ?? 0), perSecond));
  }
  if (DataType.isDictionary(type)) return dictionaryWriter(type.dictionary as DataType);
  return isPlain(type) ? fromValue('VARCHAR', nestedText) : null;
}

const isText = (type: DataType): boolean =>
  DataType.isUtf8(type) || DataType.isLargeUtf8(type) || /^Utf8View/.test(type.toString());

function decimalWriter(precision: number, scale: number, bits: number): ColumnWriter {
  const words = bits / 32;
  const type = precision <= 38 ? `DECIMAL(${precision},${scale})` : 'TEXT';
  return fromBuffer(type, (values, row) => {
    let unscaled = 0n;
    for (let word = words - 1; word >= 0; word--)
      unscaled = (unscaled << 32n) | BigInt(values[row * words + word] ?? 0);
    return decimalText(BigInt.asIntN(bits, unscaled), scale);
  });
}

/** Values of a dictionary are written once, and rows look them up. */
function dictionaryWriter(of: DataType): ColumnWriter | null {
  const inner = writerOf(of);
  if (!inner) return null;
  let written: { of: Vector; texts: (string | null)[] } | null = null;
  return {
    type: inner.type,
    of: (vector) => {
      const data = vector.data[0] as Data;
      const dictionary = data.dictionary as Vector;
      if (written?.of !== dictionary) written = { of: dictionary, texts: writtenTexts(dictionary, inner) };
      const { texts } = written;
      const keys = data.values as unknown as Raw;
      return (row) => (data.getValid(row) ? (texts[Number(keys[row])] ?? null) : null);
    },
  };
}

function writtenTexts(vector: Vector, writer: ColumnWriter): (string | null)[] {
  const texts: (string | null)[] = [];
  for (const chunk of vector.data) {
    const first = texts.length;
    const write = writer.of({ data: [chunk], get: (row: number) => vector.get(first + row) } as never);
    for (let row = 0; row < chunk.length; row++) texts.push(write(row));
  }
  return texts;
}

/** Lists and records of numbers, texts and truth values, which can be written as JSON. */
function isPlain(type: DataType): boolean {
  if (
    DataType.isList(type) ||
    DataType.isFixedSizeList(type) ||
    DataType.isStruct(type) ||
    DataType.isMap(type)
  )
    return type.children.every((field) => isPlain(field.type as DataType));
  return DataType.isBool(type) || DataType.isInt(type) || DataType.isFloat(type) || isText(type);
}

const nestedText = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
