import { z } from 'zod';
import { isoInstant, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';

/** Which attributes of whom a profile at the receiver carries. People held out, deceased or not to be contacted are not among them. */
export const syncDefinition = z.object({
  /** People: those of a segment as they are on the day of the run. */
  segmentId: z.string(),
  /** Columns that may leave, and nothing else: of `attributes` of the list. */
  columns: z.array(z.string()).min(1).max(50),
  /** full: every row each time; upsert: rows that changed since the receiver last took them; mirror: removals too. */
  mode: z.enum(['full', 'upsert', 'mirror']).default('upsert'),
  /**
   * What becomes of a profile whose person leaves: in mirror, the segment; in every mode, whoever is held out, dies or is not to be
   * contacted. clear: the attributes are emptied; remove: the profile goes, unless another sync keeps it.
   */
  leaving: z.enum(['clear', 'remove']).default('clear'),
});
export type SyncDefinition = z.output<typeof syncDefinition>;

export const sync = z.object({
  id: z.string(),
  name: z.string(),
  destinationId: z.string(),
  destinationName: z.string(),
  definition: syncDefinition,
  /** People whose attributes the receiver has acknowledged. */
  held: z.number(),
  /** Of people tried since without an answer that settles it: the next run sends them again. */
  unsure: z.number(),
  lastRun: z.object({ exportId: z.string(), at: isoInstant, state: z.string(), rows: z.number() }).nullable(),
  createdAt: isoInstant,
  by: z.string(),
});
export type Sync = z.output<typeof sync>;

const params = z.object({ syncId: z.string() });

export const attribute = z.object({
  name: z.string(),
  type: z.enum(['text', 'number', 'money']),
  title: textSchema,
  /** Leaves only by a destination that says it carries personal data. */
  personal: z.boolean(),
});

export const syncs = {
  list: endpoint({
    id: 'syncs.list',
    method: 'GET',
    path: '/syncs',
    permission: 'export:read',
    response: z.object({
      syncs: z.array(sync),
      /** What an attribute may be: nothing else leaves. Empty before balances are loaded. */
      attributes: z.array(attribute),
    }),
    summary: { es: 'Atributos que se mantienen al día', en: 'Attributes kept up to date' },
    command: 'syncs',
  }),
  create: endpoint({
    id: 'syncs.create',
    method: 'POST',
    path: '/syncs',
    permission: 'destination:write',
    body: z.object({
      name: z.string().trim().min(1).max(80),
      destinationId: z.string(),
      definition: syncDefinition,
    }),
    response: sync,
    summary: { es: 'Prepara una sincronización', en: 'Sets up a sync' },
    command: 'sync create',
  }),
  retire: endpoint({
    id: 'syncs.retire',
    method: 'DELETE',
    path: '/syncs/{syncId}',
    permission: 'destination:write',
    params,
    response: z.object({ id: z.string() }),
    summary: { es: 'Retira una sincronización', en: 'Retires a sync' },
    command: 'sync retire',
  }),
  preview: endpoint({
    id: 'syncs.preview',
    method: 'GET',
    path: '/syncs/{syncId}/preview',
    permission: 'export:read',
    params,
    response: z.object({
      /** People of the segment. */
      people: z.number(),
      fresh: z.number(),
      changed: z.number(),
      same: z.number(),
      leaving: z.number(),
      /** Refused in three runs as they stand: left alone until they change. */
      dead: z.number(),
      /** Of the segment, but held out, deceased or not to be contacted. */
      stopped: z.number(),
      /** Rows that would be sent. */
      rows: z.number(),
      /** The first of them; personal columns are masked but for who may read them. */
      first: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))),
    }),
    summary: { es: 'Lo que cambiaría, sin enviarlo', en: 'What would change, without sending it' },
    command: 'sync preview',
  }),
  run: endpoint({
    id: 'syncs.run',
    method: 'POST',
    path: '/syncs/{syncId}/runs',
    permission: 'export:run',
    params,
    body: z.object({ approvedBy: z.string().min(1).optional() }),
    response: job,
    kind: 'job',
    summary: { es: 'Sincroniza ahora', en: 'Syncs now' },
    command: 'sync run',
  }),
};
