import { z } from 'zod';
import { isoInstant, textSchema } from './common.ts';
import { endpoint } from './endpoint.ts';

/** Rows of a result that the page is sent; a download has them all. */
export const pageRows = 10_000;
export const longestQuery = 100_000;

const sqlText = z.string().describe('One SELECT, WITH, VALUES, FROM, DESCRIBE, SUMMARIZE or EXPLAIN');
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const parameters = z.record(z.string(), value).default({}).describe('Values of $name in the query, as JSON');
const format = z.enum(['arrow', 'parquet', 'csv', 'json']).default('arrow');
const body = z.object({ sql: sqlText, parameters });

/** Parameters in an address, as JSON text. */
const inAddress = z
  .string()
  .default('{}')
  .transform((text, context) => {
    try {
      const given = z.record(z.string(), value).safeParse(JSON.parse(text));
      if (given.success) return given.data;
    } catch {
      // Said below, as for JSON of another shape.
    }
    context.addIssue({
      code: 'custom',
      message: `not a JSON object of plain values: "${text.slice(0, 80)}"`,
    });
    return z.NEVER;
  })
  .describe('Values of $name in the query, as a JSON object');

export const chartKinds = ['bar', 'line', 'point', 'heat'] as const;
export const chartAggregates = ['none', 'count', 'sum', 'mean', 'median', 'min', 'max'] as const;

/** What is drawn of a result: columns by name. `spec` is Vega-Lite written by hand and then goes before the rest. */
export const queryChart = z.object({
  kind: z.enum(chartKinds),
  x: z.string(),
  y: z.string().nullable(),
  colour: z.string().nullable(),
  aggregate: z.enum(chartAggregates),
  spec: z.record(z.string(), z.unknown()).nullable().default(null),
});
export type QueryChart = z.output<typeof queryChart>;

export const snapshotState = z.object({
  /** Of the loads it was made from; null when nothing was loaded. */
  dataVersion: z.string().nullable(),
  takenAt: isoInstant,
  /** Whether personal values are hidden in it. */
  masked: z.boolean(),
  bytes: z.number(),
});
export type SnapshotState = z.output<typeof snapshotState>;

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const page = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  /** Exact decimals and whole numbers beyond 2^53 as text. */
  rows: z.array(z.array(cell)),
  /** Whether there are more rows than these. */
  more: z.boolean(),
  elapsedMs: z.number(),
  snapshot: snapshotState,
});
export type QueryPage = z.output<typeof page>;

const saved = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  sql: z.string(),
  chart: queryChart.nullable(),
  createdAt: isoInstant,
  changedAt: isoInstant,
  by: z.string(),
});
export type SavedQuery = z.output<typeof saved>;

const starter = z.object({
  id: z.string(),
  title: textSchema,
  summary: textSchema,
  sql: z.string(),
  chart: queryChart.nullable(),
});
export type StarterQuery = z.output<typeof starter>;

const draft = z.object({
  name: z.string().trim().min(1).max(120),
  description: z.string().trim().max(2000).default(''),
  sql: z.string().min(1).max(longestQuery),
  chart: queryChart.nullable().default(null),
});
const params = z.object({ queryId: z.string() });

export const queries = {
  run: endpoint({
    id: 'query.run',
    method: 'POST',
    path: '/query',
    permission: 'query:run',
    query: z.object({ format }),
    body,
    response: z.string().describe('All rows, as they are made: Arrow IPC stream, Parquet, CSV or NDJSON'),
    summary: {
      es: 'Ejecuta una consulta SQL y baja todas sus filas',
      en: 'Runs an SQL query and downloads all its rows',
    },
    kind: 'stream',
    command: 'query',
    argument: 'sql',
  }),
  read: endpoint({
    id: 'query.read',
    method: 'GET',
    path: '/query',
    permission: 'query:run',
    query: z.object({ sql: sqlText, parameters: inAddress, format }),
    response: z.string().describe('All rows, as they are made: Arrow IPC stream, Parquet, CSV or NDJSON'),
    summary: { es: 'Lo mismo, con la consulta en la dirección', en: 'The same, the query in the address' },
    kind: 'stream',
  }),
  page: endpoint({
    id: 'query.page',
    method: 'POST',
    path: '/query/page',
    permission: 'query:run',
    body,
    response: page,
    summary: {
      es: `Las primeras ${pageRows} filas de una consulta, para mirarlas`,
      en: `The first ${pageRows} rows of a query, to look at`,
    },
  }),
  tables: endpoint({
    id: 'query.tables',
    method: 'GET',
    path: '/query/tables',
    permission: 'query:run',
    response: z.object({
      tables: z.array(
        z.object({
          name: z.string(),
          about: textSchema.nullable(),
          rows: z.number(),
          columns: z.array(z.object({ name: z.string(), type: z.string(), about: textSchema.nullable() })),
        }),
      ),
      /** The snapshot that a query would be answered from now; null: one is made when asked. */
      snapshot: snapshotState.nullable(),
    }),
    summary: { es: 'Tablas que se pueden consultar', en: 'Tables that can be queried' },
    command: 'query-tables',
  }),
  snapshot: endpoint({
    id: 'query.snapshot',
    method: 'POST',
    path: '/query/snapshot',
    permission: 'query:run',
    response: snapshotState,
    summary: { es: 'Toma una copia nueva de las tablas', en: 'Takes a new snapshot of the tables' },
    command: 'query-snapshot',
  }),
  list: endpoint({
    id: 'query.list',
    method: 'GET',
    path: '/queries',
    permission: 'query:run',
    response: z.object({ queries: z.array(saved), starters: z.array(starter) }),
    summary: { es: 'Consultas guardadas y ejemplos', en: 'Saved queries and examples' },
    command: 'queries',
  }),
  get: endpoint({
    id: 'query.get',
    method: 'GET',
    path: '/queries/{queryId}',
    permission: 'query:run',
    params,
    response: saved,
    summary: { es: 'Una consulta guardada', en: 'One saved query' },
  }),
  save: endpoint({
    id: 'query.save',
    method: 'POST',
    path: '/queries',
    permission: 'query:save',
    body: draft,
    response: saved,
    summary: { es: 'Guarda una consulta', en: 'Saves a query' },
  }),
  change: endpoint({
    id: 'query.change',
    method: 'PUT',
    path: '/queries/{queryId}',
    permission: 'query:save',
    params,
    body: draft,
    response: saved,
    summary: { es: 'Cambia una consulta guardada', en: 'Changes a saved query' },
  }),
  remove: endpoint({
    id: 'query.remove',
    method: 'DELETE',
    path: '/queries/{queryId}',
    permission: 'query:save',
    params,
    response: z.object({ removed: z.literal(true) }),
    summary: { es: 'Borra una consulta guardada', en: 'Deletes a saved query' },
  }),
};
