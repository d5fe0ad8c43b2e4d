import type { ColumnType } from '../../column.ts';

/** What is known of a source column from its first rows, before anything is said about it. */
export interface SourceColumn {
  name: string;
  /** The type the source states; null where it states none or one that has no counterpart, as in a CSV. */
  type: ColumnType | null;
  /** Rows looked at, and those of them that hold something. */
  rows: number;
  filled: number;
  /** Different values among the rows looked at. */
  distinct: number;
  /** Values with the rows that hold them, the most frequent first; not always all of them. */
  values: readonly { value: string; count: number }[];
}
