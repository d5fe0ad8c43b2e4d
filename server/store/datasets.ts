import { DomainError } from '#core/errors/domain-error.ts';
import type { Column } from '#core/portfolio/column.ts';
import { tables } from '#core/portfolio/tables.ts';
import { ident, join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Text } from '#core/text/text.ts';
import type { Session } from '../engine/engine.ts';

interface Dataset {
  name: string;
  relation: Sql;
  order: readonly string[];
  columns: Record<string, Column> | null;
}

/** What can be taken out whole: the canonical tables and what the line makes of them. */
const datasets: readonly Dataset[] = [
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

const hidden = new Set(['load_id', 'source_row']);

export interface DatasetColumn {
  name: string;
  type: string;
  about: Text | null;
}

export async function describeDatasets(
  session: Session,
): Promise<{ name: string; rows: number; columns: DatasetColumn[] }[]> {
  return Promise.all(
    datasets.map(async ({ name, relation, columns }) => {
      const counted = await session.first<{ n: number }>(
        sql`SELECT CAST(count(*) AS BIGINT) AS n FROM ${relation}`,
      );
      const described = await session.rows<{ column_name: string; column_type: string }>(
        sql`DESCRIBE ${relation}`,
      );
      return {
        name,
        rows: counted?.n ?? 0,
        columns: described
          .filter(({ column_name }) => !hidden.has(column_name))
          .map((column) => ({
            name: column.column_name,
            type: column.column_type,
            about: columns?.[column.column_name]?.about ?? null,
          })),
      };
    }),
  );
}

export const datasetNames = async (_session: Session): Promise<string[]> => datasets.map(({ name }) => name);

/**
 * The statement that reads a dataset whole, in the order of its key where `ordered`. Personal and secret values are
 * masked unless `unmasked`.
 *
 * @throws not_found
 */
export async function selectDataset(
  session: Session,
  name: string,
  unmasked: boolean,
  ordered = true,
): Promise<Sql> {
  const dataset = datasets.find((candidate) => candidate.name === name);
  if (!dataset) throw new DomainError('not_found', { kind: 'dataset', id: name });
  const described = await session.rows<{ column_name: string }>(sql`DESCRIBE ${dataset.relation}`);
  const names = described.map(({ column_name }) => column_name).filter((column) => !hidden.has(column));
  const chosen = names.map((column) => {
    const tag = dataset.columns?.[column]?.tag;
    const masked = tag === 'secret' || (tag === 'personal' && !unmasked);
    return masked
      ? sql`CASE WHEN ${ident(column)} IS NULL THEN NULL ELSE '•••' END AS ${ident(column)}`
      : ident(column);
  });
  const rows = sql`SELECT ${join(chosen)} FROM ${dataset.relation}`;
  return ordered ? sql`${rows} ORDER BY ${join(dataset.order.map((column) => ident(column)))}` : rows;
}
