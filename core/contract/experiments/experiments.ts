import { z } from 'zod';
import { design } from '../../experiment/define.ts';
import { estimate, isoDate, isoInstant, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';
import { sizing } from './sizing.ts';

export type { Sizing } from './sizing.ts';

export const armText = z.object({
  arm: z.string(),
  /** Which message of the cadence, from 1. */
  touch: z.number().optional(),
  /** The text of the style, the version of one the workspace owns, and the hash of its words; not in designs of before. */
  template: z.string().optional(),
  version: z.number().nullable().optional(),
  hash: z.string().optional(),
  language: z.string(),
  text: z.string(),
  /** A number the text claims, with what the portfolio shows. */
  claim: z
    .object({
      claimed: z.number(),
      share: estimate,
      n: z.number(),
      /** The country where it is weakest; null when countries are not known. */
      country: z.string().nullable(),
      holds: z.boolean(),
      /** Why it does not hold, with the true figure. */
      reason: textSchema.nullable(),
      /** The true tenths, where they may be said instead; not in designs of before. */
      offered: z.number().nullable().optional(),
      sql: z.string(),
    })
    .nullable(),
});

export const experiment = z.object({
  id: z.string(),
  state: z.enum(['draft', 'assigned', 'checked', 'exported']),
  design,
  sizing,
  texts: z.array(armText),
  planHash: z.string().nullable(),
  asOf: isoDate,
  dataVersion: z.string(),
  arms: z.array(z.object({ name: z.string(), planned: z.number(), assigned: z.number() })),
  balance: z.array(
    z.object({
      covariate: z.string(),
      arm: z.string(),
      mean: z.number().nullable(),
      controlMean: z.number().nullable(),
      /** Difference over the pooled standard deviation; |d| over 0.1 is worth a look. */
      standardisedDifference: z.number().nullable(),
    }),
  ),
  /** People lost on the way, by stage, with the p-value of the ratio test against the planned weights. */
  lost: z.array(
    z.object({
      stage: z.enum(['assigned', 'cleared', 'exported']),
      counts: z.array(z.object({ arm: z.string(), n: z.number() })),
      pValue: z.number().nullable(),
    }),
  ),
  createdAt: isoInstant,
  by: z.string(),
});
export type Experiment = z.output<typeof experiment>;

const params = z.object({ experimentId: z.string() });

export const experiments = {
  size: endpoint({
    id: 'experiments.size',
    method: 'POST',
    path: '/experiments/size',
    permission: 'experiment:read',
    body: design,
    response: z.object({ sizing, texts: z.array(armText) }),
    summary: { es: 'Qué podría verse con este diseño', en: 'What this design could see' },
    command: 'experiment size',
  }),
  create: endpoint({
    id: 'experiments.create',
    method: 'POST',
    path: '/experiments',
    permission: 'experiment:design',
    body: design,
    response: experiment,
    summary: { es: 'Guarda un diseño', en: 'Saves a design' },
    command: 'experiment design',
  }),
  list: endpoint({
    id: 'experiments.list',
    method: 'GET',
    path: '/experiments',
    permission: 'experiment:read',
    response: z.object({ experiments: z.array(experiment) }),
    summary: { es: 'Experimentos', en: 'Experiments' },
    command: 'experiments',
  }),
  get: endpoint({
    id: 'experiments.get',
    method: 'GET',
    path: '/experiments/{experimentId}',
    permission: 'experiment:read',
    params,
    response: experiment,
    summary: { es: 'Un experimento', en: 'One experiment' },
    command: 'experiment show',
  }),
  assign: endpoint({
    id: 'experiments.assign',
    method: 'POST',
    path: '/experiments/{experimentId}/assignment',
    permission: 'experiment:run',
    params,
    response: job,
    kind: 'job',
    summary: {
      es: 'Congela el plan y asigna personas a los brazos',
      en: 'Freezes the plan and assigns people to arms',
    },
    command: 'experiment assign',
  }),
};
