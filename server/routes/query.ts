import { v7 as uuidv7 } from 'uuid';
import { contract } from '#core/contract/index.ts';
import type { SavedQuery, StarterQuery } from '#core/contract/query.ts';
import { tableNamed } from '#core/portfolio/tables.ts';
import { lineTables } from '#core/query/line-tables.ts';
import type { QueryFormat } from '../explore/answer.ts';
import type { Starter } from '../explore/starter.ts';
import { type Call, handle, type Principal, type Streamed } from '../http/handle.ts';
import { discover } from '../registry.ts';
import { describeDatasets } from '../store/loading/datasets.ts';
import {
  readSavedQueries,
  readSavedQuery,
  removeSavedQuery,
  writeSavedQuery,
} from '../store/saved-queries.ts';

const files: Record<QueryFormat, { contentType: string; fileName?: string }> = {
  page: { contentType: 'application/json; charset=utf-8' },
  arrow: { contentType: 'application/vnd.apache.arrow.stream', fileName: 'query.arrows' },
  parquet: { contentType: 'application/vnd.apache.parquet', fileName: 'query.parquet' },
  csv: { contentType: 'text/csv; charset=utf-8', fileName: 'query.csv' },
  json: { contentType: 'application/x-ndjson', fileName: 'query.ndjson' },
};

const isMasked = ({ permissions }: Principal): boolean => !permissions.includes('personal:read');

async function answer(
  { context, principal, exchange }: Pick<Call<never>, 'context' | 'principal' | 'exchange'>,
  asked: { sql: string; parameters: Record<string, string | number | boolean | null> },
  format: QueryFormat,
): Promise<Streamed> {
  const { signal, answerHeaders } = exchange;
  const { snapshot, body } = await context.explore.ask({
    ...asked,
    format,
    masked: isMasked(principal),
    signal,
  });
  const age = (context.now().getTime() - Date.parse(snapshot.takenAt)) / 1000;
  answerHeaders['x-ensayo-data-version'] = snapshot.dataVersion ?? 'none';
  answerHeaders['x-ensayo-snapshot-at'] = snapshot.takenAt;
  answerHeaders['x-ensayo-snapshot-age-seconds'] = String(Math.max(0, Math.round(age)));
  return { ...files[format], body };
}

async function readStarters(): Promise<StarterQuery[]> {
  const found = [...(await discover<Starter>('server/explore/starters'))];
  return found
    .map(([id, { order, text, sql, chart }]) => ({ id, order, ...text, sql, chart }))
    .toSorted((a, b) => a.order - b.order)
    .map(({ order: _order, ...starter }) => starter);
}

export const handlers = [
  handle(contract.queries.run, (call) => answer(call, call.input.body, call.input.query.format)),
  handle(contract.queries.read, (call) => answer(call, call.input.query, call.input.query.format)),
  handle(contract.queries.page, (call) => answer(call, call.input.body, 'page')),
  handle(contract.queries.tables, async ({ context, principal }) => {
    const [described, snapshot] = await Promise.all([
      describeDatasets(context.engine),
      context.explore.state(isMasked(principal)),
    ]);
    return {
      snapshot,
      tables: described.map(({ name, rows, columns }) => {
        const line = lineTables[name];
        return {
          name,
          about: tableNamed(name)?.about ?? line?.about ?? null,
          rows,
          columns: columns.map((column) => ({
            ...column,
            about: column.about ?? line?.columns[column.name] ?? null,
          })),
        };
      }),
    };
  }),
  handle(contract.queries.snapshot, ({ context, principal }) => context.explore.refresh(isMasked(principal))),
  handle(contract.queries.list, async ({ context }) => ({
    queries: await readSavedQueries(context.engine),
    starters: await readStarters(),
  })),
  handle(contract.queries.get, ({ context, input }) => readSavedQuery(context.engine, input.params.queryId)),
  handle(contract.queries.save, async ({ context, principal, input }) => {
    const now = context.now().toISOString();
    const query: SavedQuery = {
      id: uuidv7(),
      ...input.body,
      createdAt: now,
      changedAt: now,
      by: principal.id,
    };
    await context.engine.transaction((session) => writeSavedQuery(session, query));
    return query;
  }),
  handle(contract.queries.change, ({ context, principal, input }) =>
    context.engine.transaction(async (session) => {
      const before = await readSavedQuery(session, input.params.queryId);
      const changedAt = context.now().toISOString();
      const query: SavedQuery = { ...before, ...input.body, changedAt, by: principal.id };
      await writeSavedQuery(session, query);
      return query;
    }),
  ),
  handle(contract.queries.remove, async ({ context, input }) => {
    await context.engine.transaction((session) => removeSavedQuery(session, input.params.queryId));
    return { removed: true as const };
  }),
];
