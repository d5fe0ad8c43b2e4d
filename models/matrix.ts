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
