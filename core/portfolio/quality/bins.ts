import type { Dialect } from '../../sql/dialects/dialect.ts';
import { double } from '../../sql/double.ts';
import { ident, join, raw, type Sql, sql } from '../../sql/sql.ts';
import { bucketNames, buckets } from '../buckets.ts';
import type { Table } from '../column.ts';
import { timeOf } from './months.ts';
import { looksPersonal } from './personal.ts';

/** One bin: a code, a span of numbers (from, to], a bucket of days past due, or rows without a value. */
export interface BinHead {
  kind: 'missing' | 'zero' | 'range' | 'bucket' | 'code' | 'other' | 'filled';
  label: string | null;
  from: number | null;
  to: number | null;
}

export type SpreadKind = 'buckets' | 'codes' | 'numbers' | 'filled';

/** How a column is cut into bins. Rows without a value are always a bin of their own. */
export type Spread =
  | { kind: 'buckets' }
  | { kind: 'filled' }
  | { kind: 'codes'; codes: readonly string[] }
  | { kind: 'numbers'; edges: readonly number[] };

/** Codes that have a bin of their own; the rest share one. */
export const mostCodes = 20;
/** A code held by fewer rows is never named: it may be text about one person. */
export const leastOfCode = 5;
/** Rows from which the edges of number bins are taken, at most. */
const rowsForEdges = 100_000;
const deciles = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** How a column could be spread, or null: identifiers, personal columns and the table's own time are not. */
export function spreadKind(table: Table, name: string): SpreadKind | null {
  const column = table.columns[name];
  if (!column || column.tag === 'personal' || column.tag === 'secret') return null;
  if (name.endsWith('_id') || table.key.includes(name) || name === timeOf(table.name)) return null;
  if (name === 'days_past_due') return 'buckets';
  if (column.type === 'date' || column.type === 'timestamp')
    return column.required || column.defaultTo ? null : 'filled';
  return column.type === 'text' || column.type === 'boolean' ? 'codes' : 'numbers';
}

export const spreadColumns = (table: Table, kind: SpreadKind): string[] =>
  Object.keys(table.columns).filter((name) => spreadKind(table, name) === kind);

/** The commonest codes of a column, those that look like personal data left out: code, n. */
export const commonCodes = (dialect: Dialect, relation: Sql, column: string): Sql =>
  sql`SELECT ${dialect.cast(ident(column), 'text')} AS code, ${dialect.countIf(raw('true'))} AS n FROM ${relation} AS t WHERE ${ident(column)} IS NOT NULL GROUP BY 1 HAVING ${dialect.countIf(raw('true'))} >= ${raw(String(leastOfCode))} AND NOT ${looksPersonal(dialect, dialect.cast(ident(column), 'text'))} ORDER BY 2 DESC, 1 LIMIT ${raw(String(mostCodes))}`;

const edgeName = (column: string, i: number): string => `${column}:${i}`;

/**
 * One row with the deciles of the values that are not 0, for each column. Of more than 100,000 rows, that many spread
 * evenly over the rows' numbers: where exactly a bin begins does not matter, since every row is then counted.
 */
export function edgeQuantiles(
  dialect: Dialect,
  relation: Sql,
  columns: readonly string[],
  rows: number,
): Sql {
  const figures = columns.flatMap((column) =>
    deciles.map(
      (q, i) =>
        sql`${dialect.quantile(dialect.float(sql`nullif(${ident(column)}, 0)`), q)} AS ${ident(edgeName(column, i))}`,
    ),
  );
  const kept = Math.floor((rowsForEdges / Math.max(rows, rowsForEdges)) * 2 ** 32);
  const some = sql`((source_row % 1000000007) * 2654435761) % 4294967296 < ${raw(String(kept))}`;
  return sql`SELECT ${join(figures)} FROM ${relation} AS t${rows > rowsForEdges ? sql` WHERE ${some}` : raw('')}`;
}

/** The distinct edges of one column, in order, from the row of `edgeQuantiles`. */
export function edgesOf(row: Record<string, number | null> | undefined, column: string): number[] {
  const found = deciles.map((_, i) => row?.[edgeName(column, i)]);
  return [...new Set(found.filter((edge): edge is number => typeof edge === 'number'))].sort((a, b) => a - b);
}

const head = (kind: BinHead['kind'], label: string | null = null): BinHead => ({
  kind,
  label,
  from: null,
  to: null,
});

/** The bins of a spread; `binOf` gives their index. */
export function headsOf(spread: Spread): BinHead[] {
  const missing = head('missing');
  if (spread.kind === 'filled') return [missing, head('filled')];
  if (spread.kind === 'buckets') return [missing, ...bucketNames.map((name) => head('bucket', name))];
  if (spread.kind === 'codes')
    return [missing, ...spread.codes.map((code) => head('code', code)), head('other')];
  const { edges } = spread;
  const ranges = [...edges, null].map((to, i) => ({ ...head('range'), from: edges[i - 1] ?? null, to }));
  return [missing, head('zero'), ...ranges];
}

/** Index of the bin a row falls into. */
export function binOf(dialect: Dialect, column: string, spread: Spread): Sql {
  const value = ident(column);
  const first = sql`CASE WHEN ${value} IS NULL THEN 0`;
  const when = (conditions: readonly Sql[], from: number, last: number) =>
    sql`${first} ${join(
      conditions.map((condition, i) => sql`WHEN ${condition} THEN ${raw(String(from + i))}`),
      ' ',
    )} ELSE ${raw(String(last))} END`;
  if (spread.kind === 'filled') return sql`${first} ELSE 1 END`;
  if (spread.kind === 'buckets') {
    const below = buckets.slice(1).map(({ fromDays }) => sql`${value} < ${raw(String(fromDays))}`);
    return when(below, 1, buckets.length);
  }
  if (spread.kind === 'codes') {
    const text = dialect.cast(value, 'text');
    const equal = spread.codes.map((code) => sql`${text} = ${code}`);
    return when(equal, 1, equal.length + 1);
  }
  const steps = [sql`${value} = 0`, ...spread.edges.map((edge) => sql`${value} <= ${double(edge)}`)];
  return when(steps, 1, steps.length + 1);
}

/** Rows by side (a month or a load) and bin: side, bin, n. */
export const binCounts = (dialect: Dialect, relation: Sql, side: Sql, column: string, spread: Spread): Sql =>
  sql`SELECT side, bin, ${dialect.countIf(raw('true'))} AS n FROM (SELECT ${side} AS side, ${binOf(dialect, column, spread)} AS bin FROM ${relation} AS t) AS b GROUP BY side, bin ORDER BY side, bin`;
