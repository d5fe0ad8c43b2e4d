import type { ColumnType } from '../../portfolio/column.ts';
import type { Sql, SqlValue } from '../sql.ts';

/** What differs between engines, as small fragments. Builders use nothing engine-specific but these. */
export interface Dialect {
  readonly name: string;
  /** The engine's type for a canonical column type. */
  type(type: ColumnType): Sql;
  /** A date or an instant from ISO text. */
  date(iso: Sql | string): Sql;
  timestamp(iso: Sql | string): Sql;
  /** Whole days, or whole calendar months, from the first to the second. */
  daysBetween(start: Sql, end: Sql): Sql;
  monthsBetween(start: Sql, end: Sql): Sql;
  addDays(date: Sql, days: Sql | number): Sql;
  addSeconds(instant: Sql, seconds: Sql): Sql;
  monthStart(date: Sql): Sql;
  monthEnd(date: Sql): Sql;
  /** The Monday on or before. */
  weekStart(date: Sql): Sql;
  /** 1 Monday to 7 Sunday. */
  isoWeekday(date: Sql): Sql;
  /** Whole minutes after midnight of an instant. */
  minuteOfDay(instant: Sql): Sql;
  /** Milliseconds from the first instant to the second. */
  millisecondsBetween(start: Sql, end: Sql): Sql;
  /** Rows written into the statement, as a relation in parentheses; none gives an empty relation. */
  inline(columns: readonly (readonly [name: string, type: ColumnType])[], rows: readonly SqlValue[][]): Sql;
  /** Rows from one text, a JSON array of objects with these members, as a relation in parentheses: for many rows. */
  jsonRows(columns: readonly (readonly [name: string, type: ColumnType])[], text: Sql): Sql;
  /** Lower-case md5 of UTF-8 text as 32 hex digits. */
  md5(text: Sql): Sql;
  /** One of the four 32-bit words (0 to 3, little-endian as in RFC 1321) of the text's md5. */
  md5Word(text: Sql, word: number): Sql;
  /** Unicode normalisation form C of text. */
  nfc(text: Sql): Sql;
  concat(...parts: Sql[]): Sql;
  /** Quotient of whole numbers, rounded down. */
  integerDivide(a: Sql, b: Sql): Sql;
  /** The value as the type, or NULL when it cannot be read as one. */
  safeCast(value: Sql, type: ColumnType): Sql;
  cast(value: Sql, type: ColumnType): Sql;
  float(value: Sql): Sql;
  /** Exact continuous quantile (Hyndman–Fan type 7) of a numeric expression. */
  quantile(value: Sql, q: number): Sql;
  median(value: Sql): Sql;
  /**
   * The value where the key is largest, of rows where the value is not null; equal keys fall to the tie-break, which
   * must be unique and may be left out where the key is.
   */
  argMax(value: Sql, key: Sql, tieBreak?: Sql): Sql;
  countIf(condition: Sql): Sql;
  sumIf(value: Sql, condition: Sql): Sql;
  /** Sum of doubles that carries what rounding leaves behind, so that it hardly depends on the order of rows. */
  carefulSum(value: Sql): Sql;
  /** A row number inside a partition. */
  rowNumber(partition: Sql[], order: Sql[]): Sql;
  textList(value: Sql, order: Sql): Sql;
  /** Texts put one after the other in an order, with something between two. */
  joinedText(value: Sql, between: string, order: Sql): Sql;
  /** Whether the whole text has the shape of an RE2 pattern. */
  matches(text: Sql, pattern: string): Sql;
  /** A day or an instant from text of a `strptime` format; NULL when there is no such day or time. */
  parseTime(text: Sql, formats: readonly string[]): Sql;
  /** A UTC instant from ISO text; one with an offset is moved to UTC, one without is taken as UTC. */
  parseInstant(text: Sql): Sql;
  /** A number written with sign, digits, point and exponent alone; NULL for anything else, or when in doubt. */
  plainNumber(text: Sql, type: ColumnType): Sql;
  /** The value as an exact decimal with eight places, or NULL. */
  safeExact(value: Sql): Sql;
  /** An estimate of the number of distinct values, for descriptions only. */
  approximateDistinct(value: Sql): Sql;
  /** A value computed once and named within `body`. `name` is an identifier written in this repository. */
  bind(name: string, value: Sql, body: (named: Sql) => Sql): Sql;
  exp(value: Sql): Sql;
  ln(value: Sql): Sql;
  /** A relation with one column `n`: the whole numbers from the first to the last. */
  series(first: Sql, last: Sql): Sql;
  /** Writes a query's rows, in its order, as one Parquet file whose bytes do not depend on the number of threads. */
  writeParquet(query: Sql, path: string): Sql;
  /** Writes a query's rows, in its order, as one UTF-8 CSV file with a header. */
  writeCsv(query: Sql, path: string): Sql;
  /** Writes a query's rows, in its order, as one UTF-8 file of a JSON object a line. */
  writeNdjson(query: Sql, path: string): Sql;
  /** An instant as ISO text to the second, without a zone: 2026-11-21T10:00:00. */
  isoText(instant: Sql): Sql;
  /** A JSON object as text, its members in the order given. */
  jsonObject(members: readonly (readonly [name: string, value: Sql])[]): Sql;
  /** A relation with the rows of one Parquet file. */
  parquetFile(path: string): Sql;
  /** A relation with some rows of one Parquet file, in their order: from the first place, counted from 0, to before the last. */
  parquetRows(path: string, from: number, to: number): Sql;
  /** A relation `file` of the paths of files that match a pattern with * and ?. */
  filesLike(pattern: string): Sql;
  /** An empty database in memory, seen by every session until it is detached. */
  attachScratch(name: string): Sql;
  detachScratch(name: string): Sql;
}
