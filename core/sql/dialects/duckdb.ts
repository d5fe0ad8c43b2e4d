import { ident, join, literal, raw, type Sql, type SqlValue, sql } from '../sql.ts';
import type { Dialect } from './dialect.ts';

const types = {
  text: 'VARCHAR',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  double: 'DOUBLE',
  money: 'DECIMAL(18,2)',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  boolean: 'BOOLEAN',
  texts: 'VARCHAR[]',
} as const;

const asSql = (value: Sql | string): Sql => (typeof value === 'string' ? sql`${value}` : value);

export const duckdb: Dialect = {
  name: 'duckdb',
  type: (type) => raw(types[type]),
  date: (iso) => sql`CAST(${asSql(iso)} AS DATE)`,
  timestamp: (iso) => sql`CAST(${asSql(iso)} AS TIMESTAMP)`,
  daysBetween: (start, end) => sql`date_diff('day', ${start}, ${end})`,
  monthsBetween: (start, end) => sql`date_diff('month', ${start}, ${end})`,
  addDays: (date, days) =>
    sql`(${date} + ${typeof days === 'number' ? raw(String(Math.trunc(days))) : days} * INTERVAL 1 DAY)`,
  addSeconds: (instant, seconds) => sql`(${instant} + ${seconds} * INTERVAL 1 SECOND)`,
  monthStart: (date) => sql`CAST(date_trunc('month', ${date}) AS DATE)`,
  monthEnd: (date) => sql`last_day(${date})`,
  weekStart: (date) => sql`CAST(date_trunc('week', ${date}) AS DATE)`,
  isoWeekday: (date) => sql`CAST(isodow(${date}) AS INTEGER)`,
  minuteOfDay: (instant) => sql`CAST(hour(${instant}) * 60 + minute(${instant}) AS INTEGER)`,
  millisecondsBetween: (start, end) => sql`(epoch_ms(${end}) - epoch_ms(${start}))`,
  inline: (columns, rows) => {
    const names = join(columns.map(([name]) => ident(name)));
    const cells = (row: readonly SqlValue[]) =>
      sql`(${join(columns.map(([, type], i) => sql`CAST(${row[i] ?? null} AS ${raw(types[type])})`))})`;
    const given = rows.length ? rows : [columns.map(() => null)];
    return sql`(SELECT * FROM (VALUES ${join(given.map(cells))}) AS v(${names})${raw(rows.length ? '' : ' WHERE false')})`;
  },
  jsonRows: (columns, text) => {
    const shape = JSON.stringify([Object.fromEntries(columns.map(([name, type]) => [name, types[type]]))]);
    return sql`(SELECT u.* FROM (SELECT unnest(from_json(${text}, ${literal(shape)})) AS u) v)`;
  },
  md5: (text) => sql`md5(${text})`,
  md5Word: (text, word) =>
    sql`CAST((md5_number(${text}) >> ${raw(String(32 * word))}) & 4294967295 AS BIGINT)`,
  nfc: (text) => sql`nfc_normalize(${text})`,
  concat: (...parts) => sql`(${join(parts, ' || ')})`,
  integerDivide: (a, b) => sql`(${a} // ${b})`,
  safeCast: (value, type) => sql`TRY_CAST(${value} AS ${raw(types[type])})`,
  cast: (value, type) => sql`CAST(${value} AS ${raw(types[type])})`,
  float: (value) => sql`CAST(${value} AS DOUBLE)`,
  quantile: (value, q) => sql`quantile_cont(${value}, ${raw(String(q))})`,
  median: (value) => sql`median(${value})`,
  argMax: (value, key, tieBreak) =>
    tieBreak ? sql`arg_max(${value}, ROW(${key}, ${tieBreak}))` : sql`arg_max(${value}, ${key})`,
  countIf: (condition) => sql`CAST(count(*) FILTER (WHERE ${condition}) AS BIGINT)`,
  sumIf: (value, condition) => sql`sum(${value}) FILTER (WHERE ${condition})`,
  carefulSum: (value) => sql`fsum(${value})`,
  rowNumber: (partition, order) =>
    sql`row_number() OVER (${partition.length ? sql`PARTITION BY ${join(partition)} ` : raw('')}ORDER BY ${join(order)})`,
  textList: (value, order) => sql`list(${value} ORDER BY ${order})`,
  joinedText: (value, between, order) => sql`string_agg(${value}, ${literal(between)} ORDER BY ${order})`,
  matches: (text, pattern) => sql`regexp_full_match(${text}, ${literal(pattern)})`,
  parseTime: (text, formats) => sql`try_strptime(${text}, [${join(formats.map(literal))}])`,
  parseInstant: (text) =>
    sql`CASE WHEN regexp_matches(substr(${text}, 12), '[Zz+-]') THEN timezone('UTC', TRY_CAST(${text} AS TIMESTAMPTZ)) ELSE TRY_CAST(${text} AS TIMESTAMP) END`,
  plainNumber: (text, type) =>
    type === 'money'
      ? sql`CASE WHEN NOT contains(${text}, '_') THEN TRY_CAST(${text} AS ${raw(types[type])}) END`
      : sql`CASE WHEN regexp_full_match(${text}, '-?[0-9]{1,15}${raw(type === 'double' ? '([.][0-9]*)?' : '')}') THEN TRY_CAST(${text} AS ${raw(types[type])}) END`,
  safeExact: (value) => sql`TRY_CAST(${value} AS DECIMAL(28,8))`,
  approximateDistinct: (value) => sql`approx_count_distinct(${value})`,
  bind: (name, value, body) => sql`list_transform([${value}], lambda ${raw(name)}: ${body(raw(name))})[1]`,
  exp: (value) => sql`exp(${value})`,
  ln: (value) => sql`ln(${value})`,
  series: (first, last) => sql`(SELECT range AS n FROM range(${first}, ${last} + 1))`,
  writeParquet: (query, path) =>
    sql`COPY (${query}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`,
  writeCsv: (query, path) =>
    sql`COPY (${query}) TO ${literal(path)} (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"')`,
  writeNdjson: (query, path) => sql`COPY (${query}) TO ${literal(path)} (FORMAT json)`,
  isoText: (instant) => sql`strftime(${instant}, '%Y-%m-%dT%H:%M:%S')`,
  jsonObject: (members) =>
    sql`CAST(json_object(${join(members.map(([name, value]) => sql`${literal(name)}, ${value}`))}) AS VARCHAR)`,
  parquetFile: (path) => sql`read_parquet(${literal(path)})`,
  parquetRows: (path, from, to) =>
    sql`(SELECT * EXCLUDE (file_row_number) FROM read_parquet(${literal(path)}, file_row_number = true) WHERE file_row_number >= ${from} AND file_row_number < ${to})`,
  filesLike: (pattern) => sql`glob(${literal(pattern)})`,
  attachScratch: (name) => sql`ATTACH IF NOT EXISTS ':memory:' AS ${ident(name)} (ROW_GROUP_SIZE 30720)`,
  detachScratch: (name) => sql`DETACH DATABASE IF EXISTS ${ident(name)}`,
};

/** The view of the live rows of a canonical table. */
export const current = (table: string): Sql => ident(`current_${table}`);
