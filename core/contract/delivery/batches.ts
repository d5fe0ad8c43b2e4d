import { z } from 'zod';
import { assumptions } from '../../experiment/define.ts';
import { isoDate, isoInstant, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';

/** People of an experiment due for one touch on a day, judged by the contact rules, with the places of those cleared reserved. */
export const batch = z.object({
  id: z.string(),
  experimentId: z.string(),
  touch: z.number().int(),
  /** Day of the send, on each person's own calendar. */
  sendOn: isoDate,
  /** Date of the balances that the messages name; of batches of before, that of the design. */
  asOf: isoDate.optional(),
  /** Earliest and latest planned instant over the people of the batch. */
  plannedAt: z.object({ first: isoInstant.nullable(), last: isoInstant.nullable() }),
  assigned: z.number(),
  cleared: z.number(),
  excluded: z.array(
    z.object({
      rule: z.string(),
      ruleSet: z.string(),
      version: z.string(),
      /** primary, secondary, to-verify or house: how well the rule is sourced. */
      status: z.string(),
      title: textSchema,
      /** People for whom it is the first rule failed, in the stated order: these add up. */
      n: z.number(),
      /** People who fail it, whatever they failed before. */
      failing: z.number(),
    }),
  ),
  /** "passes rule set CO-2300 v1", per rule set. */
  ruleSets: z.array(
    z.object({ id: z.string(), version: z.string(), status: z.string(), cleared: z.number() }),
  ),
  /** Rules applied whose source nobody has verified. */
  unverified: z.array(z.object({ ruleSet: z.string(), rule: z.string(), source: z.string() })),
  acceptedUnverifiedBy: z.string().nullable(),
  /** Rules that could not be judged because the tables they need are empty. */
  notJudged: z.array(z.object({ rule: z.string(), tables: z.array(z.string()) })),
  assumptions: assumptions.nullable(),
  /** When the first of its windows closes: from then on it must be checked again. */
  reservedUntil: isoInstant,
  checkedAt: isoInstant,
  /** The same by the workspace's own clock; of batches of before, not known. */
  clearedAt: isoInstant.optional(),
  by: z.string(),
  state: z.enum(['reserved', 'exported', 'released']),
});
export type Batch = z.output<typeof batch>;

export const batches = {
  create: endpoint({
    id: 'batches.create',
    method: 'POST',
    path: '/experiments/{experimentId}/batches',
    permission: 'contact:check',
    params: z.object({ experimentId: z.string() }),
    body: z.object({
      touch: z.coerce.number().int().min(1).default(1),
      acceptUnverifiedBy: z
        .string()
        .min(1)
        .optional()
        .describe('Name of the person who accepts rules whose source is not verified'),
    }),
    response: job,
    kind: 'job',
    summary: { es: 'Aplica las reglas de contacto y reserva', en: 'Applies the contact rules and reserves' },
    command: 'check',
  }),
  list: endpoint({
    id: 'batches.list',
    method: 'GET',
    path: '/batches',
    permission: 'export:read',
    response: z.object({ batches: z.array(batch) }),
    summary: { es: 'Tandas revisadas', en: 'Checked batches' },
    command: 'batches',
  }),
  get: endpoint({
    id: 'batches.get',
    method: 'GET',
    path: '/batches/{batchId}',
    permission: 'export:read',
    params: z.object({ batchId: z.string() }),
    response: batch,
    summary: { es: 'Una tanda', en: 'One batch' },
    command: 'batch show',
  }),
};
