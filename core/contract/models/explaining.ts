import { z } from 'zod';
import { estimate, isoDate, isoInstant, share, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';
import { featureBin } from './feature-report.ts';

/** Contributions of the rows in one bin of a column. */
const explainedBin = featureBin
  .pick({ kind: true, low: true, high: true, categories: true, n: true })
  .extend({ mean: z.number(), low10: z.number(), high90: z.number() });

export const globalColumn = z.object({
  name: z.string(),
  family: z.string(),
  title: textSchema,
  kind: z.enum(['numeric', 'categorical']),
  /** Mean size of what it adds, in log odds, with the interval of the rows looked at. */
  importance: estimate,
  /** Whether more of it raises the probability, lowers it, or neither throughout. */
  direction: z.enum(['up', 'down', 'mixed']),
  bins: z.array(explainedBin),
  /** Some rows as they are. */
  points: z.array(z.object({ value: z.number(), contribution: z.number() })),
});
export type GlobalColumn = z.output<typeof globalColumn>;

export const explanation = z.object({
  versionId: z.string(),
  model: z.string(),
  /** Rows looked at, drawn from those of the card's dates by whole customers. */
  rows: z.number(),
  dates: z.array(isoDate),
  base: z.number(),
  columns: z.array(globalColumn),
});
export type Explanation = z.output<typeof explanation>;

const value = z.union([z.string(), z.number(), z.null()]);

/** What one column adds to one account's score, against the people the model learnt from. */
export const personReason = z.object({
  feature: z.string(),
  title: textSchema,
  value,
  /** In log odds. */
  contribution: z.number(),
  /** The same in points: 20 double the odds. */
  points: z.number(),
  sentence: textSchema,
});

export const personExplanation = z.object({
  versionId: z.string(),
  accountId: z.string(),
  asOf: isoDate,
  /** As it is scored, its correction included. */
  probability: share,
  /** Stored score of that date; null: not scored then. */
  score: z.number().nullable(),
  /** Log odds of the people the model learnt from, and of the account, before any correction. */
  base: z.number(),
  sum: z.number(),
  /** Whether probabilities are corrected after the sum. */
  corrected: z.boolean(),
  sentence: textSchema,
  /** Largest first. */
  reasons: z.array(personReason),
});
export type PersonExplanation = z.output<typeof personExplanation>;

export const change = z.object({
  columns: z.array(z.object({ name: z.string(), from: z.number().nullable(), to: z.number() })),
  /** Share of the population between the values and the new ones, added up. */
  distance: z.number(),
  probability: z.number(),
});
export type Change = z.output<typeof change>;

export const changes = z.object({
  probability: share,
  cutOff: share,
  /** Whether the probability is at or above the cut-off today. */
  above: z.boolean(),
  tried: z.number(),
  singles: z.array(change),
  pairs: z.array(change),
  /** The probability nearest to the cut-off, or furthest beyond it, that was reached. */
  nearest: z.number(),
  /** Columns that may change, by name. */
  columns: z.array(z.object({ name: z.string(), title: textSchema })),
});
export type Changes = z.output<typeof changes>;

const params = z.object({ versionId: z.string() });
const who = {
  accountId: z.string().min(1),
  asOf: isoDate.optional().describe('Default: the date of its newest score, or the last snapshot'),
};

export const explanations = {
  get: endpoint({
    id: 'explanations.get',
    method: 'GET',
    path: '/models/versions/{versionId}/explanation',
    permission: 'model:read',
    params,
    response: z.object({
      explanation: explanation.nullable(),
      madeAt: isoInstant.nullable(),
      /** Whether the data is still what it was made of. */
      current: z.boolean(),
    }),
    summary: { es: 'Qué pesa en una versión y hacia dónde', en: 'What weighs in a version and which way' },
    command: 'explain show',
  }),
  make: endpoint({
    id: 'explanations.make',
    method: 'POST',
    path: '/models/versions/{versionId}/explanation',
    permission: 'model:train',
    params,
    response: job,
    kind: 'job',
    summary: { es: 'Explica una versión en su conjunto', en: 'Explains a version as a whole' },
    command: 'explain',
  }),
  person: endpoint({
    id: 'explanations.person',
    method: 'GET',
    path: '/models/versions/{versionId}/explanation/account',
    permission: 'model:read',
    params,
    query: z.object(who),
    response: personExplanation,
    summary: { es: 'Por qué una cuenta tiene su puntaje', en: 'Why an account has its score' },
    command: 'explain account',
  }),
  changes: endpoint({
    id: 'explanations.changes',
    method: 'GET',
    path: '/models/versions/{versionId}/explanation/changes',
    permission: 'model:read',
    params,
    query: z.object({ ...who, cutOff: z.coerce.number().min(0).max(1).default(0.5) }),
    response: changes,
    summary: {
      es: 'Los menores cambios que llevarían un puntaje al otro lado de un corte',
      en: 'The smallest changes that would take a score across a cut-off',
    },
    command: 'explain changes',
  }),
};
