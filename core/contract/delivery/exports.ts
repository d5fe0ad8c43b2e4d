import { z } from 'zod';
import { carried, guarantees, rowStates } from '../../delivery/answer.ts';
import { isoInstant, paging, sha256, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';

/** What to know before a batch leaves. */
export const preview = z.object({
  rows: z.number(),
  columns: z.array(z.string()),
  /** As the destination would get them; the address only for whoever may see it. */
  first: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
  /** Against the people who got the last messages of the experiment by this destination; null: there were none. */
  difference: z
    .object({
      exportId: z.string(),
      at: isoInstant,
      people: z.number(),
      fresh: z.number(),
      gone: z.number(),
      /** Of those in both. */
      arm: z.number(),
      channel: z.number(),
      template: z.number(),
    })
    .nullable(),
  /** Per channel and currency of the debt; without a price the amount is null. */
  costs: z.array(
    z.object({
      channel: z.string(),
      messages: z.number(),
      amount: z.string().nullable(),
      currency: z.string().nullable(),
      /** Contacts the price was measured on; 0: stated, or unknown. */
      measuredOn: z.number(),
      statedBy: z.string().nullable(),
    }),
  ),
  /** People of the batch who are held out of discretionary contact: anything but 0 is wrong. */
  held: z.number(),
  /** Of the ledger of contacts; null: there is none, or it is complete by itself. */
  freshness: z.object({ loadedAt: isoInstant, limitHours: z.number(), stale: z.boolean() }).nullable(),
  destination: z.object({
    name: textSchema,
    guarantee: z.enum(guarantees).nullable(),
    approval: z.boolean(),
    personal: z.boolean(),
    /** Texts it has no approved name for, as `template language`: with any, nothing leaves. */
    unmapped: z.array(z.string()),
  }),
});
export type Preview = z.output<typeof preview>;

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
  /** Of runs of messages. */
  batchId: z.string().nullable(),
  experimentId: z.string().nullable(),
  /** Of runs of attributes. */
  syncId: z.string().nullable(),
  carries: z.enum(carried),
  /** A destination set up by name, or the kind `file`. */
  destination: z.string(),
  destinationName: textSchema,
  guarantee: z.enum(guarantees),
  /** writing: under way; paused: by a person, or by what `halted` says. */
  state: z.enum(['writing', 'paused', 'done', 'failed', 'cancelled']),
  /** Why it waits for a person, in the receiver's words. */
  halted: z.string().nullable(),
  rows: z.number(),
  excluded: z.number(),
  /** Rows of each state, the excluded among them; these add up. */
  states: z.record(z.string(), z.number()),
  approvedBy: z.string().nullable(),
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
  state: z.enum(rowStates),
  /** Rule that kept the row back before the run. */
  rule: z.string().nullable(),
  /** Why the row stands where it does, in the receiver's words or ours. */
  reason: z.string().nullable(),
  attempts: z.number(),
  changedAt: isoInstant.nullable(),
  key: z.string(),
});

export const exportCall = z.object({
  callId: z.string(),
  attempt: z.number(),
  rows: z.number(),
  bytes: z.number(),
  answer: z.string(),
  reason: z.string().nullable(),
  startedAt: isoInstant,
  endedAt: isoInstant,
});

const params = z.object({ exportId: z.string() });
const rowFilter = {
  state: exportRow.shape.state.optional(),
  customerId: z.string().optional(),
};

export const exports = {
  preview: endpoint({
    id: 'exports.preview',
    method: 'GET',
    path: '/batches/{batchId}/preview',
    permission: 'export:read',
    params: z.object({ batchId: z.string() }),
    query: z.object({
      limit: z.coerce.number().int().min(1).max(100).default(10),
      destination: z.string().default('file'),
    }),
    response: preview,
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
      /** One set up by name, or the kind `file`. */
      destination: z.string().default('file'),
      /** Of the kind `file`; a destination set up by name has its own. */
      options: z.record(z.string(), z.unknown()).default({}),
      approvedBy: z
        .string()
        .min(1)
        .optional()
        .describe('Name of the person who approves it, where the destination asks'),
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
  control: endpoint({
    id: 'exports.control',
    method: 'POST',
    path: '/exports/{exportId}/control',
    permission: 'export:run',
    params,
    body: z.object({ action: z.enum(['pause', 'resume', 'cancel']) }),
    response: exportRun,
    summary: { es: 'Pausa, reanuda o cancela un envío', en: 'Pauses, resumes or cancels a run' },
    command: 'export control',
  }),
  retry: endpoint({
    id: 'exports.retry',
    method: 'POST',
    path: '/exports/{exportId}/retry',
    permission: 'export:run',
    params,
    /** Rejected and dead rows; without keys, all rejected ones. What may have arrived is never among them. */
    body: z.object({ keys: z.array(z.string()).max(10_000).optional() }),
    response: job,
    kind: 'job',
    summary: { es: 'Vuelve a intentar las filas rechazadas', en: 'Tries rejected rows again' },
    command: 'export retry',
  }),
  rows: endpoint({
    id: 'exports.rows',
    method: 'GET',
    path: '/exports/{exportId}/rows',
    permission: 'export:read',
    params,
    query: paging.extend(rowFilter),
    response: z.object({ total: z.number(), rows: z.array(exportRow) }),
    summary: {
      es: 'Fila a fila: qué salió y qué no, y por qué',
      en: 'Row by row: what left, what did not and why',
    },
    command: 'export rows',
  }),
  log: endpoint({
    id: 'exports.log',
    method: 'GET',
    path: '/exports/{exportId}/log',
    permission: 'export:read',
    params,
    query: z.object(rowFilter),
    response: z.string().describe('CSV of the rows'),
    kind: 'stream',
    summary: { es: 'Baja el registro fila a fila', en: 'Downloads the row log' },
  }),
  rejects: endpoint({
    id: 'exports.rejects',
    method: 'GET',
    path: '/exports/{exportId}/rejects',
    permission: 'export:read',
    params,
    response: z.string().describe('CSV of the rows the receiver refused, with its words'),
    kind: 'stream',
    summary: { es: 'Baja las filas rechazadas', en: 'Downloads the rejected rows' },
  }),
  calls: endpoint({
    id: 'exports.calls',
    method: 'GET',
    path: '/exports/{exportId}/calls',
    permission: 'export:read',
    params,
    query: paging.extend({ answer: z.string().optional() }),
    response: z.object({
      total: z.number(),
      /** Calls by how they ended; these add up to all of them. */
      answers: z.array(z.object({ answer: z.string(), calls: z.number(), rows: z.number() })),
      calls: z.array(exportCall),
    }),
    summary: { es: 'Las llamadas de un envío', en: 'The calls of a run' },
    command: 'export calls',
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
