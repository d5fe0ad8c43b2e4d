import { z } from 'zod';
import { isoDate, isoInstant } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';
import { modelCard } from './card.ts';

export const modelVersion = z.object({
  id: z.string().describe('Hash of model, learner, options, seed and data'),
  model: z.string(),
  learner: z.string(),
  state: z.enum(['candidate', 'champion', 'challenger', 'retired']),
  approvedBy: z.string().nullable(),
  approvalNote: z.string().nullable(),
  createdAt: isoInstant,
  by: z.string(),
  card: modelCard,
});
export type ModelVersion = z.output<typeof modelVersion>;

/** What a version became, by whose word and why. */
export const stateChange = z.object({
  state: modelVersion.shape.state,
  at: isoInstant,
  /** Who was signed in. */
  by: z.string(),
  /** The name given; null where no person decided, as when it was trained or replaced. */
  name: z.string().nullable(),
  note: z.string(),
});
export type StateChange = z.output<typeof stateChange>;

/** A version as the registry shows it. */
export const registeredVersion = modelVersion.extend({
  /** Past the date its card is good for, by the workspace's clock. */
  expired: z.boolean(),
  /** Oldest first; the first is its training. */
  history: z.array(stateChange),
});
export type RegisteredVersion = z.output<typeof registeredVersion>;

const params = z.object({ versionId: z.string() });

export const models = {
  train: endpoint({
    id: 'models.train',
    method: 'POST',
    path: '/models/{model}/train',
    permission: 'model:train',
    params: z.object({ model: z.string() }),
    body: z.object({
      learner: z.string().default('scorecard'),
      /** Default: `learner` alone. */
      learners: z
        .union([z.string(), z.array(z.string())])
        .transform((given) => [given].flat().flatMap((ids) => ids.split(',').map((id) => id.trim())))
        .pipe(z.array(z.string().min(1)).min(1))
        .optional()
        .describe('More than one, as a,b,c: all are fitted on the same folds and the rule chooses'),
      /** Decision dates; default: every one the data allows. */
      asOf: z.array(isoDate).optional(),
      /** Parameters of the question, such as days past due at entry; the model's own schema checks them. */
      question: z.record(z.string(), z.unknown()).default({}),
      /** Options of `learner`. */
      options: z.record(z.string(), z.unknown()).default({}),
      /** Options by learner, where several are asked for. */
      optionsOf: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
      /** Seconds of search for better options, shared by the learners; 0: none. */
      searchSeconds: z.coerce.number().min(0).max(86_400).default(0),
      /** Other seeds to train with, to see how much a person's score moves. */
      stabilitySeeds: z.coerce.number().int().min(0).max(20).default(0),
      /** Why a very strong column is known in time, by column. */
      reasons: z.record(z.string(), z.string()).default({}),
      seed: z.coerce.number().int().min(0).default(1),
    }),
    response: job,
    kind: 'job',
    summary: { es: 'Entrena un modelo y hace su ficha', en: 'Trains a model and writes its card' },
    command: 'train',
  }),
  list: endpoint({
    id: 'models.list',
    method: 'GET',
    path: '/models',
    permission: 'model:read',
    response: z.object({ versions: z.array(registeredVersion) }),
    summary: { es: 'Versiones de los modelos', en: 'Versions of the models' },
    command: 'models',
  }),
  get: endpoint({
    id: 'models.get',
    method: 'GET',
    path: '/models/versions/{versionId}',
    permission: 'model:read',
    params,
    response: registeredVersion,
    summary: { es: 'Una versión, con su ficha', en: 'One version, with its card' },
    command: 'model show',
  }),
  approve: endpoint({
    id: 'models.approve',
    method: 'POST',
    path: '/models/versions/{versionId}/approval',
    permission: 'model:approve',
    params,
    body: z.object({ name: z.string().trim().min(1), note: z.string().trim().default('') }),
    response: registeredVersion,
    summary: { es: 'Aprueba una versión como vigente', en: 'Approves a version as champion' },
    command: 'model approve',
  }),
  sql: endpoint({
    id: 'models.sql',
    method: 'GET',
    path: '/models/versions/{versionId}/sql',
    permission: 'model:read',
    params,
    response: z.object({ sql: z.string() }),
    summary: { es: 'El cálculo del puntaje, como SQL', en: 'The score as SQL' },
    command: 'model sql',
  }),
  matrix: endpoint({
    id: 'models.matrix',
    method: 'GET',
    path: '/models/versions/{versionId}/matrix',
    permission: 'portfolio:read',
    params,
    query: z.object({ format: z.enum(['arrow', 'csv', 'json']).default('arrow') }),
    response: z
      .string()
      .describe(
        'The rows it was trained and tested on, by date and account: row_target, row_day, row_group (the person, as a number), row_weight where rows are weighed, row_bucket, row_product, slice_* and every feature',
      ),
    summary: {
      es: 'La matriz con la que se entrenó y se probó',
      en: 'The matrix it was trained and tested on',
    },
    kind: 'stream',
    command: 'model matrix',
  }),
};

export const scoreSummary = z.object({
  versionId: z.string(),
  model: z.string(),
  asOf: isoDate,
  rows: z.number(),
  mean: z.number().nullable(),
  /** Lower bound of each tenth from 0 to 1 and the accounts in it. */
  histogram: z.array(z.object({ from: z.number(), n: z.number() })),
  scoredAt: isoInstant,
});

export const dueScore = z.object({
  model: z.string(),
  versionId: z.string(),
  learner: z.string(),
  /** `current`: scored with the data of today; `pushed_elsewhere`: whoever made it has to push its scores. */
  state: z.enum(['due', 'current', 'pushed_elsewhere']),
  /** When the date was last scored, on whatever data. */
  scoredAt: isoInstant.nullable(),
});
export type DueScore = z.output<typeof dueScore>;

export const scores = {
  create: endpoint({
    id: 'scores.create',
    method: 'POST',
    path: '/scores',
    permission: 'score:run',
    body: z.object({
      versionId: z.string().optional().describe('Default: the champion of the model'),
      model: z.string().default('self-cure'),
      asOf: isoDate.optional().describe('Default: the last snapshot'),
    }),
    response: job,
    kind: 'job',
    summary: { es: 'Puntúa las cuentas donde están las filas', en: 'Scores accounts where the rows are' },
    command: 'score',
  }),
  due: endpoint({
    id: 'scores.due',
    method: 'GET',
    path: '/scores/due',
    permission: 'model:read',
    query: z.object({ asOf: isoDate.optional().describe('Default: the last snapshot') }),
    response: z.object({ asOf: isoDate, champions: z.array(dueScore) }),
    summary: {
      es: 'Qué versiones vigentes hay que puntuar, y cuáles ya lo están con los datos de hoy',
      en: 'Which champions are to be scored, and which are with the data of today',
    },
    command: 'scores due',
  }),
  list: endpoint({
    id: 'scores.list',
    method: 'GET',
    path: '/scores',
    permission: 'model:read',
    response: z.object({ scores: z.array(scoreSummary) }),
    summary: { es: 'Puntajes hechos', en: 'Scores made' },
    command: 'scores',
  }),
};
