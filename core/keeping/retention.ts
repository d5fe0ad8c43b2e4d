import type { Table } from '../portfolio/column.ts';
import { tables } from '../portfolio/tables.ts';
import { ident, type Sql, sql } from '../sql/sql.ts';
import type { Text } from '../text/text.ts';

/** A table whose rows can be kept for a time, counted from one of its dates. */
export interface Keepable {
  table: string;
  title: Text;
  /** Dates the time can be counted from; the first is the one taken when none is named. */
  columns: readonly string[];
  /** How a row says whose it is: by person, by account, or not at all. */
  owner: 'customer_id' | 'account_id' | null;
}

/** The date that says a row is over, where it is not the first one of the table. */
const preferred: Record<string, string> = {
  accounts: 'charged_off_on',
  contact_permissions: 'revoked_at',
  contact_points: 'verified_at',
  flags: 'ended_on',
  holdouts: 'ended_on',
  placements: 'returned_on',
  promises: 'due_on',
};

const isDate = (table: Table) => (column: string) =>
  table.columns[column]?.type === 'date' || table.columns[column]?.type === 'timestamp';

const canonical = tables.flatMap((table): Keepable[] => {
  const dates = Object.keys(table.columns).filter(isDate(table));
  const first = preferred[table.name];
  const columns = first ? [first, ...dates.filter((name) => name !== first)] : dates;
  if (columns.length === 0) return [];
  const owner =
    'customer_id' in table.columns ? 'customer_id' : 'account_id' in table.columns ? 'account_id' : null;
  return [{ table: table.name, title: table.about, columns, owner }];
});

const application: Keepable[] = [
  {
    table: 'scores',
    title: { es: 'Puntajes', en: 'Scores' },
    columns: ['as_of'],
    owner: 'account_id',
  },
  {
    table: 'channel_scores',
    title: { es: 'Canales por persona', en: 'Channels by person' },
    columns: ['as_of'],
    owner: 'customer_id',
  },
  {
    table: 'job_events',
    title: { es: 'Avance de los trabajos', en: 'Progress of jobs' },
    columns: ['happened_at'],
    owner: null,
  },
  {
    table: 'audit',
    title: { es: 'Quién hizo qué', en: 'Who did what' },
    columns: ['happened_at'],
    owner: null,
  },
];

export const keepables: readonly Keepable[] = [...canonical, ...application];

/** Rows of a table whose date lies before a day; a row without the date stays. */
export const overAge = (column: string, before: Sql): Sql =>
  sql`${ident(column)} IS NOT NULL AND ${ident(column)} < ${before}`;
