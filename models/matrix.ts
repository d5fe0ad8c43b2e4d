/** A training or scoring matrix, column by column. Buffers may be shared between threads. */
export interface NumericColumn {
  name: string;
  kind: 'numeric';
  /** NaN is missing. */
  values: Float64Array;
}

export interface CategoricalColumn {
  name: string;
  kind: 'categorical';
  /** Index into `categories`; -1 is missing. */
  codes: Int32Array;
  categories: readonly string[];
}

export type MatrixColumn = NumericColumn | CategoricalColumn;

export interface Matrix {
  rows: number;
  columns: readonly MatrixColumn[];
  /** 0 or 1 per row; absent when scoring. */
  target?: Float64Array;
  weights?: Float64Array;
  /** Rows of one group (a customer) are never split between training and testing. */
  groups: Int32Array;
  /** Whole days since 1970-01-01 of each row's date. */
  day: Int32Array;
}

/** The values of the rows given. */
export const pickNumbers = (values: Float64Array, rows: Int32Array): Float64Array => {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
};
const pickWhole = (values: Int32Array, rows: Int32Array): Int32Array => {
  const taken = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
};

/** The rows given, in the order given; categories keep their codes. */
export function takeRows(matrix: Matrix, rows: Int32Array): Matrix {
  return {
    rows: rows.length,
    columns: matrix.columns.map((column) =>
      column.kind === 'numeric'
        ? { ...column, values: pickNumbers(column.values, rows) }
        : { ...column, codes: pickWhole(column.codes, rows) },
    ),
    ...(matrix.target ? { target: pickNumbers(matrix.target, rows) } : {}),
    ...(matrix.weights ? { weights: pickNumbers(matrix.weights, rows) } : {}),
    groups: pickWhole(matrix.groups, rows),
    day: pickWhole(matrix.day, rows),
  };
}

/** The row numbers at some places of a list of row numbers. */
export const pickRows = (rows: Int32Array, places: Int32Array): Int32Array => pickWhole(rows, places);
