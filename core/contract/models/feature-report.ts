import { z } from 'zod';
import { estimate, isoDate, isoInstant, share, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';

/** How much a change says: none, or within chance; some (PSI above 0.1); large (above 0.25). */
export const lights = ['good', 'warn', 'harm'] as const;
export type Light = (typeof lights)[number];

/** A population stability index beside what sampling alone exceeds once in a hundred times. */
export const shiftFigure = z.object({
  psi: z.number().nullable(),
  limit: z.number().nullable(),
  light: z.enum(lights),
  reason: z.string().optional(),
});
export type ShiftFigure = z.output<typeof shiftFigure>;

/** Part of a column's values: a range of numbers (above `low`, up to and with `high`), categories, or what is missing. */
export const featureBin = z.object({
  kind: z.enum(['range', 'categories', 'other', 'missing']),
  low: z.number().nullable(),
  high: z.number().nullable(),
  categories: z.array(z.string()),
  n: z.number(),
  /** Share of all rows. */
  share,
  /** Mean of the target, with the 95 % interval of a share. */
  rate: estimate,
  /** Share of the rows of earlier dates, and of the last one; null with one date. */
  before: share.nullable(),
  after: share.nullable(),
});
export type FeatureBin = z.output<typeof featureBin>;

export const informationStrengths = ['chance', 'weak', 'medium', 'strong', 'suspicious'] as const;

export const featureFigures = z.object({
  name: z.string(),
  family: z.string(),
  kind: z.enum(['numeric', 'categorical']),
  title: textSchema,
  /** Why it is known on the date. */
  known: textSchema,
  missingShare: share,
  byDate: z.array(
    z.object({ asOf: isoDate, n: z.number(), missingShare: share, shift: shiftFigure.nullable() }),
  ),
  information: estimate.extend({
    /** What a column without any relation to the target exceeds once in twenty times. */
    chance: z.number().nullable(),
    strength: z.enum(informationStrengths),
  }),
  /** AUC of the column alone, the better direction. */
  auc: z.number().nullable(),
  /** The last date against all before it; null with one date, and where the column says the date itself. */
  drift: shiftFigure.nullable(),
  correlated: z.array(z.object({ name: z.string(), title: textSchema, correlation: z.number() })),
  bins: z.array(featureBin),
});
export type FeatureFigures = z.output<typeof featureFigures>;

export const featureReport = z.object({
  model: z.string(),
  title: textSchema,
  question: textSchema,
  dates: z.array(isoDate),
  rows: z.number(),
  customers: z.number(),
  /** Mean of the target. */
  rate: z.number(),
  /** Share of customers read; below 1 in a portfolio too large to use whole. */
  sampled: share,
  features: z.array(featureFigures),
  /** Families left out because a table they need is empty. */
  absent: z.array(z.object({ id: z.string(), title: textSchema, needs: z.array(z.string()) })),
});
export type FeatureReport = z.output<typeof featureReport>;

const params = z.object({ model: z.string() });

export const features = {
  get: endpoint({
    id: 'features.get',
    method: 'GET',
    path: '/models/{model}/features',
    permission: 'model:read',
    params,
    response: z.object({
      /** Null: none made yet. */
      report: featureReport.nullable(),
      madeAt: isoInstant.nullable(),
      /** Whether the data is still what it was made of. */
      current: z.boolean(),
    }),
    summary: { es: 'Informe de las variables de una pregunta', en: 'Report on the features of a question' },
    command: 'features show',
  }),
  make: endpoint({
    id: 'features.make',
    method: 'POST',
    path: '/models/{model}/features',
    permission: 'model:train',
    params,
    body: z.object({
      /** Parameters of the question; the model's own schema checks them. */
      question: z.record(z.string(), z.unknown()).default({}),
      /** Decision dates; default: every one whose outcome is known and that has some history. */
      asOf: z.array(isoDate).optional(),
    }),
    response: job,
    kind: 'job',
    summary: {
      es: 'Describe cada variable en las fechas de una pregunta',
      en: 'Describes every feature at the dates of a question',
    },
    command: 'features',
  }),
};
