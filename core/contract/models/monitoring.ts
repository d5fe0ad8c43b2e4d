import { z } from 'zod';
import { estimate, isoDate, isoInstant, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';
import { calibrationPoint } from './card.ts';
import { lights, shiftFigure } from './feature-report.ts';

const light = z.enum(lights);

export const watchIds = ['score', 'features', 'auc', 'calibration', 'expiry', 'data'] as const;

/** One thing that is watched, and what was found. */
export const watch = z.object({ id: z.enum(watchIds), light, title: textSchema, sentence: textSchema });
export type Watch = z.output<typeof watch>;

/** Scores of a date beside what became of the people, once the outcome of the question is known. */
export const matured = z.object({
  n: z.number(),
  events: z.number(),
  auc: estimate,
  aucLight: light,
  predicted: z.number(),
  observed: estimate,
  /** Observed less predicted, with the interval of the observed rate. */
  gap: estimate,
  gapLight: light,
  calibration: z.array(calibrationPoint),
});
export type Matured = z.output<typeof matured>;

export const monitoredFeature = z.object({ name: z.string(), title: textSchema, shift: shiftFigure });

export const monitoredDate = z.object({
  asOf: isoDate,
  rows: z.number(),
  mean: z.number().nullable(),
  /** Scores of the date against those of the rows the model was made of. */
  score: shiftFigure,
  /** Columns the model uses, largest shift first. */
  features: z.array(monitoredFeature),
  /** Null: the outcome is not known yet, or nobody’s was. */
  outcome: matured.nullable(),
  /** Whether the time of the outcome has passed. */
  ended: z.boolean(),
});
export type MonitoredDate = z.output<typeof monitoredDate>;

export const monitoredVersion = z.object({
  versionId: z.string(),
  model: z.string(),
  title: textSchema,
  learner: z.string(),
  state: z.enum(['champion', 'challenger']),
  /** The worst of what is watched. */
  light,
  watches: z.array(watch),
  expiresOn: isoDate,
  /** AUC on the card, out of sample. */
  cardAuc: estimate,
  reference: z.object({
    rows: z.number(),
    dates: z.array(isoDate),
    /** Whether the data was still that of the training when it was taken. */
    exact: z.boolean(),
  }),
  dates: z.array(monitoredDate),
});
export type MonitoredVersion = z.output<typeof monitoredVersion>;

export const monitoring = {
  list: endpoint({
    id: 'monitoring.list',
    method: 'GET',
    path: '/models/monitoring',
    permission: 'model:read',
    response: z.object({
      versions: z.array(
        monitoredVersion.extend({
          madeAt: isoInstant,
          /** Whether there is neither newer data nor a newer scoring. */
          current: z.boolean(),
        }),
      ),
      /** Approved versions not looked at yet. */
      waiting: z.array(z.object({ versionId: z.string(), model: z.string(), title: textSchema })),
      /** When each light changes colour. */
      limits: z.array(z.object({ id: z.enum(watchIds), title: textSchema, rule: textSchema })),
    }),
    summary: { es: 'Vigilancia de las versiones aprobadas', en: 'Monitoring of the approved versions' },
    command: 'monitor show',
  }),
  make: endpoint({
    id: 'monitoring.make',
    method: 'POST',
    path: '/models/monitoring',
    permission: 'score:run',
    body: z.object({ model: z.string().optional().describe('Default: all') }),
    response: job,
    kind: 'job',
    summary: {
      es: 'Compara los puntajes con los del entrenamiento y con lo que pasó',
      en: 'Compares scores with those of the training and with what happened',
    },
    command: 'monitor',
  }),
};
