import type { Dialect } from '../../sql/dialects/dialect.ts';
import { all, ident, join, raw, type Sql, sql } from '../../sql/sql.ts';
import { tableNamed } from '../tables.ts';
import type { Probe, QualityScope, RowsProbe } from './check.ts';

export const isRowsProbe = (probe: Probe): probe is RowsProbe => 'where' in probe;

const relation = (scope: QualityScope, probe: RowsProbe): Sql =>
  sql`${scope.rows(probe.table)} AS t${probe.joined ? sql` ${probe.joined}` : raw('')}`;

const among = (probe: RowsProbe): Sql => (probe.among ? sql` WHERE ${probe.among}` : raw(''));

/** Counts the rows that break something, and those looked at: `affected`, `looked_at` and the probe's own figures. */
export function countOf(scope: QualityScope, probe: RowsProbe): Sql {
  const { dialect } = scope;
  const figures = Object.entries(probe.figures ?? {}).map(
    ([name, aggregate]) => sql`, ${aggregate} AS ${ident(name)}`,
  );
  return sql`SELECT ${dialect.countIf(probe.where)} AS affected, ${dialect.countIf(raw('true'))} AS looked_at${join(figures, '')} FROM ${relation(scope, probe)}${among(probe)}`;
}

const offending = (probe: RowsProbe): Sql => all([...(probe.among ? [probe.among] : []), probe.where]);

/** Whether a value of the column may be shown beside the row's identifier. */
export function mayShow(probe: RowsProbe): boolean {
  if (probe.hidden || !probe.column) return false;
  const table = tableNamed(probe.table);
  return !table?.columns[probe.column]?.tag && !table?.key.includes(probe.column);
}

/**
 * Some of the rows that break something: the key of each as text, its load, and the value where it may be shown.
 * Ordered by key, so that the same rows come again.
 */
export function sampleOf(scope: QualityScope, probe: RowsProbe, limit: number): Sql {
  const { dialect } = scope;
  const keys = tableNamed(probe.table)?.key ?? [];
  const asText = (name: string) => sql`${dialect.cast(sql`t.${ident(name)}`, 'text')} AS ${ident(name)}`;
  const value = mayShow(probe) && probe.column ? [asText(probe.column)] : [];
  return sql`SELECT ${join([...keys.map(asText), ...value, raw('t.load_id')])} FROM ${relation(scope, probe)} WHERE ${offending(probe)} ORDER BY ${join([...keys.map((key) => sql`t.${ident(key)}`), raw('t.load_id'), raw('t.source_row')])} LIMIT ${raw(String(Math.trunc(limit)))}`;
}

/** Which loads brought the rows that break something, the one with most first: load_id, affected. */
export const loadsOfOffenders = (dialect: Dialect, scope: QualityScope, probe: RowsProbe): Sql =>
  sql`SELECT t.load_id, ${dialect.countIf(raw('true'))} AS affected FROM ${relation(scope, probe)} WHERE ${offending(probe)} GROUP BY t.load_id ORDER BY 2 DESC, 1 LIMIT 5`;
