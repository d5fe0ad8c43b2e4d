import type { RecordBatch, Schema } from 'apache-arrow';
import type { Dialect } from '#core/sql/dialects/dialect.ts';
import type { Sql } from '#core/sql/sql.ts';

/** Whether a value can be a row of a small result: money as decimal text, dates as ISO text, counts as numbers. */
export type Cell = string | number | boolean | null | Cell[];
export type Row = Record<string, Cell>;

/** Rows to append: a value a row for each column of the table, in its order. NaN among numbers is null. */
export interface AppendedRows {
  rows: number;
  /** Numbers for columns of doubles, text for columns of text. */
  columns: readonly (Float64Array | readonly (string | null)[])[];
}

/** Something statements can be sent to: the engine itself, or one connection or transaction on it. */
export interface Session {
  /** Runs a statement for its effect; gives the number of rows it changed where the engine says. */
  run(statement: Sql): Promise<number>;
  /** A small result as objects. Never for whole tables. */
  rows<T extends object = Row>(statement: Sql): Promise<T[]>;
  /** The first row, or undefined. */
  first<T extends object = Row>(statement: Sql): Promise<T | undefined>;
  /**
   * Numeric and text columns straight into typed arrays: Float64Array with NaN for null, or codes with categories. The
   * way a training matrix and wide results leave the engine: others get their turn between columns.
   */
  columns(statement: Sql): Promise<EngineColumns>;
  /** Appends rows to a table of text and doubles, in the session's transaction; gives how many. */
  append(table: string, batches: Iterable<AppendedRows>): Promise<number>;
}

/** Where the facts are. DuckDB today; builders in `core/sql` know it only by its dialect. */
export interface Engine extends Session {
  readonly dialect: Dialect;
  /** One transaction: all of it or none. Conflicting writers are tried again. */
  transaction<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /**
   * Statements on one connection, each a transaction of its own: temporary tables last from one to the next, and are
   * read by all threads, as rows not yet committed are not.
   */
  connected<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /** A result of any size as Arrow record batches of 8,192 to 16,384 rows, read as they are made. */
  arrow(statement: Sql): Promise<{ schema: Schema; batches: AsyncIterable<RecordBatch> }>;
  /**
   * Writes the database anew, so that nothing of rows deleted or changed is left in its file: a checkpoint keeps
   * their bytes in free blocks. Everything else waits meanwhile; a stop half-way leaves the old file whole.
   */
  compact(): Promise<void>;
  close(): Promise<void>;
}

export interface EngineColumns {
  rows: number;
  columns: Map<string, EngineColumn>;
}

export type EngineColumn =
  | { kind: 'numeric'; values: Float64Array }
  | { kind: 'categorical'; codes: Int32Array; categories: string[] };
