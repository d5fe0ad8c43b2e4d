import { z } from 'zod';
import { isoInstant, paging, sha256 } from './common.ts';
import { endpoint } from './endpoint.ts';
import { job } from './jobs.ts';

/** Written last, beside the parts: an export without it did not finish. */
export const manifest = z.object({
  run: z.string(),
  schema: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.number(),
  assumptions: z.record(z.string(), z.unknown()),
  parts: z.array(z.object({ path: z.string(), rows: z.number(), bytes: z.number(), sha256 })),
  /** Rows taken out afterwards, people having asked to be forgotten: why a part is no longer what first left. */
  erased: z
    .array(
      z.object({
        at: z.string(),
        rows: z.number(),
        parts: z.array(z.object({ path: z.string(), was: sha256 })),
      }),
    )
    .optional(),
});
export type Manifest = z.output<typeof manifest>;

export const exportRun = z.object({
  id: z.string(),
  batchId: z.string(),
  experimentId: z.string(),
  destination: z.string(),
  guarantee: z.enum(['idempotent', 'at_most_once', 'at_least_once']),
  state: z.enum(['writing', 'done', 'failed']),
  rows: z.number(),
  excluded: z.number(),
  /** Absolute path of the manifest, for the file destination. */
  manifestPath: z.string().nullable(),
  manifest: manifest.nullable(),
  startedAt: isoInstant,
  finishedAt: isoInstant.nullable(),
  by: z.string(),
});
export type ExportRun = z.output<typeof exportRun>;

export const exportRow = z.object({
  customerId: z.string(),
  arm: z.string(),
  touch: z.number(),
  channel: z.string(),
  state: z.enum(['pending', 'written', 'excluded']),
  rule: z.string().nullable(),
  key: z.string(),
});

const params = z.object({ exportId: z.string() });

export const exports = {
  preview: endpoint({
    id: 'exports.preview',
    method: 'GET',
    path: '/batches/{batchId}/preview',
    permission: 'export:read',
    params: z.object({ batchId: z.string() }),
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(10) }),
    response: z.object({
      rows: z.number(),
      columns: z.array(z.string()),
      first: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
    }),
    summary: { es: 'Lo que saldría, sin enviarlo', en: 'What would leave, without sending it' },
    command: 'export preview',
  }),
  create: endpoint({
    id: 'exports.create',
    method: 'POST',
    path: '/exports',
    permission: 'export:run',
    body: z.object({
      batchId: z.string(),
      destination: z.string().default('file'),
      /** The destination's own schema checks them. */
      options: z.record(z.string(), z.unknown()).default({}),
    }),
    response: job,
    kind: 'job',
    summary: { es: 'Exporta una tanda revisada', en: 'Exports a checked batch' },
    command: 'export',
  }),
  list: endpoint({
    id: 'exports.list',
    method: 'GET',
    path: '/exports',
    permission: 'export:read',
    response: z.object({ exports: z.array(exportRun) }),
    summary: { es: 'Lo que ha salido', en: 'What has left' },
    command: 'exports',
  }),
  get: endpoint({
    id: 'exports.get',
    method: 'GET',
    path: '/exports/{exportId}',
    permission: 'export:read',
    params,
    response: exportRun,
    summary: { es: 'Una exportación', en: 'One export' },
    command: 'export show',
  }),
  rows: endpoint({
    id: 'exports.rows',
    method: 'GET',
    path: '/exports/{exportId}/rows',
    permission: 'export:read',
    params,
    query: paging.extend({ state: exportRow.shape.state.optional(), customerId: z.string().optional() }),
    response: z.object({ total: z.number(), rows: z.array(exportRow) }),
    summary: {
      es: 'Fila a fila: qué salió y qué no, y por qué',
      en: 'Row by row: what left, what did not and why',
    },
    command: 'export rows',
  }),
  file: endpoint({
    id: 'exports.file',
    method: 'GET',
    path: '/exports/{exportId}/files/{name}',
    permission: 'export:run',
    params: params.extend({ name: z.string() }),
    response: z.string().describe('The part as it was written'),
    kind: 'stream',
    summary: { es: 'Baja un archivo exportado', en: 'Downloads an exported file' },
  }),
};
