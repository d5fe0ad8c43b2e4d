import { DomainError } from '#core/errors/domain-error.ts';
import type { Column } from '#core/portfolio/column.ts';
import { namesPerson } from '#core/portfolio/suggest/names/personal.ts';
import { wordsOf } from '#core/portfolio/suggest/names/words.ts';
import { tables } from '#core/portfolio/tables.ts';
import { ident, join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Session } from '../../engine/engine.ts';
import { readLoadedDatasets } from './dataset-loads.ts';

interface Dataset {
  name: string;
  relation: Sql;
  order: readonly string[];
  columns: Record<string, Column> | null;
  /** Of a loaded dataset, the column of its unit, null for the row; undefined otherwise. */
  unit?: string | null;
  hidden: readonly string[];
}

/** What can be taken out whole in any workspace: the canonical tables and what the line makes of them. */
const fixed: readonly Omit<Dataset, 'hidden' | 'unit'>[] = [
  ...tables.map((table) => ({
    name: table.name,
    relation: ident(`current_${table.name}`),
    order: table.key,
    columns: table.columns,
  })),
  { name: 'scores', relation: raw('scores'), order: ['version_id', 'as_of', 'account_id'], columns: null },
  {
    name: 'segment_members',
    relation: raw('segment_members'),
    order: ['segment_id', 'account_id'],
    columns: null,
  },
  {
    name: 'assignments',
    relation: raw('assignments'),
    order: ['experiment_id', 'customer_id'],
    columns: null,
  },
  {
    name: 'exclusions',
    relation: raw('exclusions'),
    order: ['batch_id', 'assignment_id', 'rule'],
    columns: null,
  },
  {
    name: 'export_rows',
    relation: raw('export_rows'),
    order: ['export_id', 'assignment_id', 'touch'],
    columns: null,
  },
];

/** Those, and the datasets that live loads hold; where the unit of one is the row, its load and number stay. */
const readDatasets = async (session: Session): Promise<Dataset[]> => [
  ...fixed.map((dataset) => ({ ...dataset, hidden: ['load_id', 'source_row'] })),
  ...(await readLoadedDatasets(session)).map(({ name, key }) => ({
    name,
    relation: ident(`current_${name}`),
    order: ['load_id', 'source_row'],
    columns: null,
    unit: key,
    hidden: key === null ? [] : ['load_id', 'source_row'],
  })),
];

export interface DatasetColumn {
  name: string;
  type: string;
  about: Text | null;
}

export async function describeDatasets(
  session: Session,
): Promise<{ name: string; rows: number; columns: DatasetColumn[]; unit?: string | null }[]> {
  return Promise.all(
    (await readDatasets(session)).map(async ({ name, relation, columns, unit, hidden }) => {
      const counted = await session.first<{ n: number }>(
        sql`SELECT CAST(count(*) AS BIGINT) AS n FROM ${relation}`,
      );
      const described = await session.rows<{ column_name: string; column_type: string }>(
        sql`DESCRIBE ${relation}`,
      );
      return {
        name,
        rows: counted?.n ?? 0,
        ...(unit === undefined ? {} : { unit }),
        columns: described
          .filter(({ column_name }) => !hidden.includes(column_name))
          .map((column) => ({
            name: column.column_name,
            type: column.column_type,
            about: columns?.[column.column_name]?.about ?? null,
          })),
      };
    }),
  );
}

export const datasetNames = async (session: Session): Promise<string[]> =>
  (await readDatasets(session)).map(({ name }) => name);

/** Of a loaded dataset nobody has said what its columns are: their names tell, but for the one that is its unit. */
function tagOf({ columns, unit }: Dataset, column: string): Column['tag'] {
  if (unit === undefined) return columns?.[column]?.tag;
  return column !== unit && namesPerson(wordsOf(column)) ? 'personal' : undefined;
}

/**
 * The statement that reads a dataset whole, in the order of its key where `ordered`. Personal and secret values are
 * masked unless `unmasked`, which may name columns.
 *
 * @throws not_found
 */
export async function selectDataset(
  session: Session,
  name: string,
  unmasked: boolean | ReadonlySet<string>,
  ordered = true,
): Promise<Sql> {
  const dataset = (await readDatasets(session)).find((candidate) => candidate.name === name);
  if (!dataset) throw new DomainError('not_found', { kind: 'dataset', id: name });
  const described = await session.rows<{ column_name: string }>(sql`DESCRIBE ${dataset.relation}`);
  const names = described
    .map(({ column_name }) => column_name)
    .filter((column) => !dataset.hidden.includes(column));
  const chosen = names.map((column) => {
    const tag = tagOf(dataset, column);
    const seen = typeof unmasked === 'boolean' ? unmasked : unmasked.has(column);
    const masked = tag === 'secret' || (tag === 'personal' && !seen);
    return masked
      ? sql`CASE WHEN ${ident(column)} IS NULL THEN NULL ELSE '•••' END AS ${ident(column)}`
      : ident(column);
  });
  const rows = sql`SELECT ${join(chosen)} FROM ${dataset.relation}`;
  return ordered ? sql`${rows} ORDER BY ${join(dataset.order.map((column) => ident(column)))}` : rows;
}
