import type { RecordBatch } from 'apache-arrow';
import type { Matrix, MatrixColumn } from '#models/matrix.ts';

/** Text of some rows as Arrow keeps it: one run of bytes and where each row's begins. */
export interface Texts {
  rows: number;
  offsets: Int32Array;
  bytes: Uint8Array;
}

type SentColumn = { name: string; validity: Uint8Array | null } & (
  | { kind: 'numeric'; values: Float64Array }
  | { kind: 'categorical'; texts: Texts }
);

/** Some rows of features on their way to a thread: buffers only. */
export interface SentRows {
  rows: number;
  columns: SentColumn[];
}

/** Where the rows belong: a column of text that is no feature. */
const idColumn = 'account_id';

interface Buffers {
  values: unknown;
  valueOffsets: Int32Array;
  nullBitmap: Uint8Array | null;
  nullCount: number;
}

/**
 * The features of a batch as buffers, and the accounts they are of. Columns are doubles or text; others, such as
 * the date, are left out.
 */
export function splitBatch(batch: RecordBatch): { accounts: Texts; sent: SentRows } {
  const rows = batch.numRows;
  let accounts: Texts | null = null;
  const columns: SentColumn[] = [];
  batch.schema.fields.forEach(({ name }, i) => {
    const data = batch.data.children[i] as unknown as Buffers;
    const validity = data.nullCount > 0 ? data.nullBitmap : null;
    if (data.values instanceof Float64Array)
      columns.push({ name, kind: 'numeric', validity, values: data.values });
    else if (data.values instanceof Uint8Array && data.valueOffsets) {
      const texts = { rows, offsets: data.valueOffsets, bytes: data.values };
      if (name === idColumn) accounts = texts;
      else columns.push({ name, kind: 'categorical', validity, texts });
    }
  });
  if (!accounts) throw new TypeError(`rows to score need ${idColumn}`);
  return { accounts, sent: { rows, columns } };
}

/** The buffers of rows sent, which are handed over and not copied. */
export const buffersOf = ({ columns }: SentRows): ArrayBuffer[] =>
  columns
    .flatMap((column) => [
      ...(column.kind === 'numeric'
        ? [column.values.buffer]
        : [column.texts.offsets.buffer, column.texts.bytes.buffer]),
      ...(column.validity ? [column.validity.buffer] : []),
    ])
    .filter((buffer) => buffer instanceof ArrayBuffer);

const decoder = new TextDecoder();

/** The texts of a run of rows. Where all is ASCII the bytes are decoded once. */
export function readTexts({ offsets, bytes }: Texts, from: number, to: number): string[] {
  const first = offsets[from]!;
  const whole = decoder.decode(bytes.subarray(first, offsets[to]!));
  const plain = whole.length === offsets[to]! - first;
  return Array.from({ length: to - from }, (_, i) => {
    const begin = offsets[from + i]!;
    const end = offsets[from + i + 1]!;
    return plain ? whole.slice(begin - first, end - first) : decoder.decode(bytes.subarray(begin, end));
  });
}

const isNull = (validity: Uint8Array | null, row: number): boolean =>
  validity !== null && !((validity[row >> 3]! >> (row & 7)) & 1);

function matrixColumn(column: SentColumn, rows: number): MatrixColumn {
  const { name, validity } = column;
  if (column.kind === 'numeric') {
    const { values } = column;
    if (validity) for (let i = 0; i < rows; i++) if (isNull(validity, i)) values[i] = Number.NaN;
    return { name, kind: 'numeric', values };
  }
  const codes = new Int32Array(rows);
  const known = new Map<string, number>();
  readTexts(column.texts, 0, rows).forEach((text, i) => {
    if (isNull(validity, i)) {
      codes[i] = -1;
      return;
    }
    const code = known.get(text) ?? known.size;
    known.set(text, code);
    codes[i] = code;
  });
  return { name, kind: 'categorical', codes, categories: [...known.keys()] };
}

/** Rows received, as what a model predicts from. */
export const asMatrix = ({ rows, columns }: SentRows): Matrix => ({
  rows,
  columns: columns.map((column) => matrixColumn(column, rows)),
  groups: new Int32Array(rows),
  day: new Int32Array(rows),
});
