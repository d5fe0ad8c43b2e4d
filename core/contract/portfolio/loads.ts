import { z } from 'zod';
import { isoInstant, paging, sha256 } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';

export const load = z.object({
  loadId: z.number().int(),
  state: z.enum(['live', 'withdrawn']),
  recipe: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.number(), sha256 })),
  tables: z.array(
    z.object({
      table: z.string().describe('A canonical table, or a dataset'),
      rows: z.number(),
      superseded: z.number(),
      columns: z.record(z.string(), z.string()).optional().describe('Of a dataset: the type of each column'),
    }),
  ),
  rejected: z.number(),
  simulated: z.boolean(),
  loadedAt: isoInstant,
  by: z.string(),
  withdrawnAt: isoInstant.nullable().describe('When it was undone; null while it is live'),
  withdrawnBy: z.string().nullable(),
});
export type Load = z.output<typeof load>;

export const reject = z.object({
  row: z.number(),
  line: z.number().nullable(),
  file: z.string(),
  table: z.string(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  reason: z.string().describe('An error code'),
});

/** Result of a load job: the load made, or the earlier load that holds the same files. */
export const loadResult = z.object({ load, unchanged: z.boolean() });

/** Spaces around an address would hide what it is. */
const fileAsked = z.string().trim().min(1);

/** What a load, a preview or a trial is asked to read. */
export const filesAsked = z
  .union([fileAsked, z.array(fileAsked).min(1).max(500)])
  .describe(
    'Path or pattern on the server’s machine, the name of an upload, or postgresql://user@host:port/database; or several',
  );

const params = z.object({ loadId: z.coerce.number().int() });

export const loads = {
  create: endpoint({
    id: 'loads.create',
    method: 'POST',
    path: '/loads',
    permission: 'portfolio:load',
    body: z.object({
      file: filesAsked,
      recipe: z.string().min(1),
      sheet: z.string().min(1).optional().describe('Sheet of a workbook, over what the recipe says'),
      query: z.string().min(1).optional().describe('Query of a database, over what the recipe says'),
      maxRejectedShare: z.coerce.number().min(0).max(1).default(0.01),
    }),
    response: job,
    kind: 'job',
    summary: { es: 'Carga archivos con una receta', en: 'Loads files with a recipe' },
    command: 'load',
  }),
  sample: endpoint({
    id: 'loads.sample',
    method: 'POST',
    path: '/loads/sample',
    permission: 'portfolio:load',
    body: z.object({
      accounts: z.coerce.number().int().min(5_000).max(10_000_000).default(150_000),
      seed: z.coerce.number().int().min(0).default(20260101),
      months: z.coerce.number().int().min(7).max(36).default(18),
      lottery: z
        .boolean()
        .optional()
        .describe('Past contacts drawn by lottery and written down, instead of chosen worst first'),
    }),
    response: job,
    kind: 'job',
    summary: { es: 'Genera y carga una cartera simulada', en: 'Generates and loads a simulated portfolio' },
    command: 'sample',
  }),
  upload: endpoint({
    id: 'loads.upload',
    method: 'PUT',
    path: '/uploads/{name}',
    permission: 'portfolio:load',
    params: z.object({ name: z.string().regex(/^[^/\\]{1,200}$/) }),
    response: z.object({ name: z.string(), bytes: z.number(), sha256 }),
    kind: 'upload',
    summary: { es: 'Sube un archivo, sin pasarlo por memoria', en: 'Uploads a file, streamed to disk' },
  }),
  list: endpoint({
    id: 'loads.list',
    method: 'GET',
    path: '/loads',
    permission: 'portfolio:read',
    response: z.object({ loads: z.array(load) }),
    summary: { es: 'Cargas, las últimas primero', en: 'Loads, newest first' },
    command: 'loads',
  }),
  get: endpoint({
    id: 'loads.get',
    method: 'GET',
    path: '/loads/{loadId}',
    permission: 'portfolio:read',
    params,
    response: load,
    summary: { es: 'Una carga', en: 'One load' },
    command: 'load show',
  }),
  rejects: endpoint({
    id: 'loads.rejects',
    method: 'GET',
    path: '/loads/{loadId}/rejects',
    permission: 'portfolio:read',
    params,
    query: paging.extend({
      format: z.enum(['json', 'csv']).default('json').describe('csv: all of them, as a file'),
    }),
    response: z.object({ total: z.number(), rejects: z.array(reject) }),
    summary: { es: 'Filas rechazadas y por qué', en: 'Rejected rows and why' },
    command: 'load rejects',
  }),
  withdraw: endpoint({
    id: 'loads.withdraw',
    method: 'DELETE',
    path: '/loads/{loadId}',
    permission: 'portfolio:load',
    params,
    response: load,
    summary: { es: 'Deshace una carga', en: 'Undoes a load' },
    command: 'load withdraw',
  }),
};
