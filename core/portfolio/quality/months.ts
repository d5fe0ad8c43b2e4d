import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, join, raw, type Sql, sql } from '../../sql/sql.ts';
import type { Table } from '../column.ts';

/** The column that says when a row happened, for tables whose rows do. */
const times: Readonly<Record<string, string>> = {
  snapshots: 'as_of',
  payments: 'paid_at',
  contacts: 'sent_at',
  promises: 'made_at',
  complaints: 'occurred_at',
  adjustments: 'occurred_at',
  placements: 'placed_on',
  costs: 'occurred_at',
};

export const timeOf = (table: string): string | undefined => times[table];
export const timedTables = Object.keys(times);

/** Tables whose columns are compared month by month. */
export const comparedByMonth = ['snapshots', 'payments'] as const;

export interface MonthRows {
  /** First day, ISO. */
  month: string;
  rows: number;
  /** Rows with a value, by column. */
  filled: Record<string, number>;
}

/** Rows of each month and how many have a value in each column: month, rows, `<column>:filled`. */
export function monthRows(dialect: Dialect, table: Table, relation: Sql): Sql {
  const filled = Object.keys(table.columns).map(
    (name) => sql`count(${ident(name)}) AS ${ident(`${name}:filled`)}`,
  );
  const month = dialect.monthStart(ident(times[table.name] ?? ''));
  return sql`SELECT ${month} AS month, ${dialect.countIf(raw('true'))} AS row_count, ${join(filled)} FROM ${relation} AS t GROUP BY 1 ORDER BY 1`;
}

/** Calendar months between the first and the last that are not there, as first days. */
export function absentMonths(months: readonly string[]): string[] {
  const there = new Set(months.map((month) => month.slice(0, 7)));
  const [first, last] = [months[0], months.at(-1)];
  if (!first || !last) return [];
  const absent: string[] = [];
  let [year, month] = first.split('-').map(Number) as [number, number];
  for (let key = first.slice(0, 7); key < last.slice(0, 7); ) {
    if (!there.has(key)) absent.push(`${key}-01`);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    key = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
  }
  return absent;
}
