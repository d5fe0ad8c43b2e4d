import { z } from 'zod';
import { estimate, isoDate, isoInstant, share, textSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { job } from './jobs.ts';

export const identifications = ['holdout', 'censoring_weights', 'current_policy'] as const;
export type Identification = (typeof identifications)[number];

/** How well probabilities did on rows the model had not seen. */
export const performance = z.object({
  /** all, new_entries, unseen_customers, or a bucket, product or month. */
  population: z.string(),
  n: z.number(),
  events: z.number(),
  auc: estimate,
  gini: z.number().nullable(),
  ks: z.number().nullable(),
  logLoss: z.number().nullable(),
  brier: z.number().nullable(),
  calibrationSlope: z.number().nullable(),
  calibrationIntercept: z.number().nullable(),
  ece: z.number().nullable(),
});
export type Performance = z.output<typeof performance>;

export const modelCard = z.object({
  question: textSchema,
  decision: textSchema,
  identification: z.enum(identifications),
  population: z.object({
    n: z.number(),
    events: z.number(),
    rate: z.number(),
    customers: z.number(),
    asOf: z.array(isoDate),
    observed: z.enum(['monthly', 'weekly', 'daily']),
    excluded: z.array(z.object({ reason: textSchema, n: z.number() })),
    /** What became of the rows at risk; `target` null: not observed, left out. */
    outcomes: z.array(
      z.object({ id: z.string(), title: textSchema, target: z.number().nullable(), n: z.number() }),
    ),
    byDate: z.array(z.object({ asOf: isoDate, n: z.number(), events: z.number() })),
    /** Share of customers trained and tested on; below 1 in a portfolio too large to use whole. */
    sampled: share,
  }),
  horizonDays: z.number(),
  data: z.object({ dataVersion: z.string(), loads: z.array(z.number()) }),
  learner: z.object({ id: z.string(), options: z.unknown(), seed: z.number() }),
  validation: z.object({
    kind: z.enum(['out_of_time', 'grouped_cross_validation']),
    folds: z.number(),
    trainedOn: z.array(isoDate),
    testedOn: z.array(isoDate),
    /** Times the test rows were looked at with a changed model. */
    looks: z.number(),
  }),
  results: z.array(performance),
  baselines: z.array(z.object({ id: z.string(), title: textSchema, results: z.array(performance) })),
  calibration: z.array(
    z.object({
      predicted: z.number(),
      observed: z.number(),
      lower: z.number(),
      upper: z.number(),
      n: z.number(),
    }),
  ),
  gain: z.array(z.object({ share, captured: share })),
  features: z.array(
    z.object({
      name: z.string(),
      family: z.string(),
      title: textSchema,
      informationValue: z.number().nullable(),
      missingShare: z.number(),
      used: z.boolean(),
    }),
  ),
  /** Scorecard only: what each bin adds. */
  points: z.array(
    z.object({
      feature: z.string(),
      bin: z.string(),
      n: z.number(),
      rate: z.number(),
      woe: z.number(),
      coefficient: z.number(),
      standardError: z.number().nullable(),
      points: z.number(),
    }),
  ),
  warnings: z.array(z.object({ code: z.string(), message: textSchema })),
  limits: z.array(textSchema),
  createdAt: isoInstant,
  expiresOn: isoDate,
});
export type ModelCard = z.output<typeof modelCard>;

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
      /** Decision dates; default: every one the data allows. */
      asOf: z.array(isoDate).optional(),
      /** Parameters of the question, such as days past due at entry; the model's own schema checks them. */
      question: z.record(z.string(), z.unknown()).default({}),
      options: z.record(z.string(), z.unknown()).default({}),
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
    response: z.object({ versions: z.array(modelVersion) }),
    summary: { es: 'Versiones de los modelos', en: 'Versions of the models' },
    command: 'models',
  }),
  get: endpoint({
    id: 'models.get',
    method: 'GET',
    path: '/models/versions/{versionId}',
    permission: 'model:read',
    params,
    response: modelVersion,
    summary: { es: 'Una versión, con su ficha', en: 'One version, with its card' },
    command: 'model show',
  }),
  approve: endpoint({
    id: 'models.approve',
    method: 'POST',
    path: '/models/versions/{versionId}/approval',
    permission: 'model:approve',
    params,
    body: z.object({ name: z.string().min(1), note: z.string().default('') }),
    response: modelVersion,
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
        'The rows it was trained and tested on, by date and account: row_target, row_day, row_group (the person, as a number), slice_* and every feature',
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
