import { z } from 'zod';
import { estimate, isoDate, isoInstant, share, textSchema } from '../common.ts';
import { upliftSection } from './uplift.ts';

/** What a probability stands for in causal terms, best first within each kind of question. */
export const identifications = [
  'holdout',
  'censoring_weights',
  'randomised',
  'recorded_propensity',
  'associational',
  'current_policy',
] as const;
export type Identification = (typeof identifications)[number];

/** How well probabilities did on rows the model had not seen. */
export const performance = z.object({
  /** all, unseen_customers, a slice of the question, or `bucket:1-29`, `product:credit_card`, `month:2026-05`. */
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

/** Mean prediction and observed rate of a tenth of the rows, with the 95 % interval of the rate. */
export const calibrationPoint = z.object({
  predicted: z.number(),
  observed: z.number(),
  lower: z.number(),
  upper: z.number(),
  n: z.number(),
});
const gainPoint = z.object({ share, captured: share });
const rocPoint = z.object({ falsePositive: share, truePositive: share });

/** A learner fitted on the same folds as the others, by its out-of-fold probabilities alone. */
export const comparedLearner = z.object({
  learner: z.string(),
  options: z.unknown(),
  chosen: z.boolean(),
  /** Training time of all its fits, seconds. */
  seconds: z.number(),
  /** Free parameters or leaves: what "simplest" is told by. */
  complexity: z.number(),
  results: z.array(performance),
  roc: z.array(rocPoint),
  gain: z.array(gainPoint),
  calibration: z.array(calibrationPoint),
  /** Mean log loss less the best learner's, with the interval of the paired difference; 0 for the best. */
  logLossDifference: estimate,
  aucDifference: estimate,
  /** Why it could not be fitted; its figures are then empty. */
  failed: z.object({ code: z.string(), message: textSchema }).nullable(),
});
export type ComparedLearner = z.output<typeof comparedLearner>;

/** One group of a protected attribute, out of sample. Groups under 30 rows have no figures. */
export const fairnessGroup = z.object({
  attribute: z.string(),
  group: z.string(),
  n: z.number(),
  events: z.number(),
  meanPredicted: z.number().nullable(),
  observed: estimate,
  /** Share of the group above the cut-off over the share of the largest group. */
  rateRatio: estimate,
  /** Share of its events above the cut-off. */
  truePositiveRate: estimate,
  /** Observed rate less mean prediction. */
  calibrationGap: estimate,
});
export type FairnessGroup = z.output<typeof fairnessGroup>;

/** A rung of the identification ladder, best first, and whether the data carried it. */
export const rung = z.object({
  id: z.enum(identifications),
  title: textSchema,
  state: z.enum(['used', 'refused', 'not_tried']),
  reason: textSchema,
  /** Effective sample size, truncation, share uncontacted and the like, named. */
  figures: z.array(z.object({ name: z.string(), title: textSchema, value: z.number().nullable() })),
});
export type Rung = z.output<typeof rung>;

const cardFeature = z.object({
  name: z.string(),
  family: z.string(),
  title: textSchema,
  informationValue: z.number().nullable(),
  missingShare: z.number(),
  used: z.boolean(),
  /** Why it is known in time. */
  known: textSchema.nullable().default(null),
  /** Mean absolute contribution to the log odds, out of sample. */
  importance: z.number().nullable().default(null),
  /** Population stability index, training rows against the rows shown. */
  psi: z.number().nullable().default(null),
});

export const modelCard = z.object({
  question: textSchema,
  decision: textSchema,
  identification: z.enum(identifications),
  /** The assumption under which the figure means what the title says. */
  causalAssumption: textSchema.nullable().default(null),
  ladder: z.array(rung).default([]),
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
  data: z.object({
    dataVersion: z.string(),
    loads: z.array(z.number()),
    /** sha256 of each load's sources, where they are files. */
    hashes: z.array(z.string()).default([]),
  }),
  learner: z.object({ id: z.string(), options: z.unknown(), seed: z.number() }),
  validation: z.object({
    kind: z.enum(['out_of_time', 'grouped_cross_validation', 'none']),
    folds: z.number(),
    trainedOn: z.array(isoDate),
    testedOn: z.array(isoDate),
    /** Times the test rows were looked at with a changed model. */
    looks: z.number(),
    /** How the inner folds are made: by customer, later rows never before earlier ones. */
    inner: z.enum(['grouped', 'grouped_time_ordered']).default('grouped'),
  }),
  /** Every learner asked for, on the same inner folds; the out-of-time rows were looked at only for the chosen one. */
  comparison: z
    .object({ rule: textSchema, reason: textSchema, learners: z.array(comparedLearner) })
    .nullable()
    .default(null),
  search: z
    .object({
      budgetSeconds: z.number(),
      spentSeconds: z.number(),
      trials: z.number(),
      rungs: z.array(z.object({ rowsShare: share, trials: z.number(), bestLogLoss: z.number() })),
    })
    .nullable()
    .default(null),
  results: z.array(performance),
  baselines: z.array(z.object({ id: z.string(), title: textSchema, results: z.array(performance) })),
  calibration: z.array(calibrationPoint),
  calibrator: z.enum(['none', 'platt', 'isotonic']).nullable().default(null),
  gain: z.array(gainPoint),
  roc: z.array(rocPoint).default([]),
  fairness: z
    .object({ cutOff: z.number(), groups: z.array(fairnessGroup), absent: z.array(z.string()) })
    .nullable()
    .default(null),
  /** The same training under other seeds: spread of its figures. */
  stability: z
    .object({
      seeds: z.array(z.number()),
      auc: z.array(z.number()),
      /** Mean absolute difference of a person's probability between two seeds. */
      meanMove: z.number(),
      /** Spearman correlation of the scores of two seeds, mean. */
      rankCorrelation: z.number(),
    })
    .nullable()
    .default(null),
  features: z.array(cardFeature),
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
  /** Columns whose strength wants a written reason, and the reason once somebody gave it. */
  leakReasons: z
    .array(z.object({ column: z.string(), auc: z.number().nullable(), reason: z.string().nullable() }))
    .default([]),
  warnings: z.array(z.object({ code: z.string(), message: textSchema })),
  limits: z.array(textSchema),
  /** Of a question about what an action changes. */
  uplift: upliftSection.nullable().default(null),
  owner: z.string().nullable().default(null),
  createdAt: isoInstant,
  expiresOn: isoDate,
});
export type ModelCard = z.output<typeof modelCard>;
