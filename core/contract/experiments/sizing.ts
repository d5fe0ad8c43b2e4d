import { z } from 'zod';
import { estimate, isoDate, textSchema } from '../common.ts';

const count = z.number().int();

/** A metric of a design as people like these had it in the past. */
export const metricHistory = z.object({
  id: z.string(),
  title: textSchema,
  role: z.enum(['primary', 'secondary', 'guardrail']),
  kind: z.enum(['proportion', 'mean', 'ratio', 'quantile', 'count']),
  unit: z.enum(['share', 'money', 'count', 'days']),
  currency: z.string().nullable(),
  better: z.enum(['higher', 'lower']),
  horizonDays: count,
  /** Of a guardrail, in the metric's unit. */
  margin: z.number().nullable(),
  /** Share, mean, ratio or quantile; null with a reason where the past does not tell. */
  base: estimate,
  /** Of one person, capped as the metric is; of a ratio, of its linear form; of a quantile, q(1 − q) ÷ density². */
  variance: z.number().nullable(),
  /** People it comes from. */
  n: count,
  /** Share of that variance which covariates known before assignment explain. */
  covariateR2: z.number(),
});
export type MetricHistory = z.output<typeof metricHistory>;

/** What a design's figures rest on and that changes with its people, texts and metrics alone: the page reckons with it. */
export const designHistory = z.object({
  /** People who could lawfully get any arm, today. */
  eligible: count,
  /** People who become like these on an average day; null: not known. */
  arrivalsPerDay: z.number().nullable(),
  /** Share of messages in these channels that arrived in the past. */
  delivered: estimate,
  /** Accounts of one person: how many, how alike their endings are, and what that would cost if accounts were counted. */
  accounts: z.object({ perPerson: z.number(), correlation: z.number(), designEffect: z.number() }).nullable(),
  /** Day on which the first people enter. */
  startsOn: isoDate.nullable(),
  metrics: z.array(metricHistory),
});
export type DesignHistory = z.output<typeof designHistory>;

/** What a metric could show. Effects of shares in percentage points, of others in the metric's unit. */
export const visibleEffect = z.object({
  id: z.string(),
  title: textSchema,
  unit: metricHistory.shape.unit,
  currency: z.string().nullable(),
  horizonDays: count,
  base: z.number().nullable(),
  /** Smallest effect seen with the planned power; of a guardrail, the smallest harm it would catch. */
  smallest: z.number().nullable(),
});
export type VisibleEffect = z.output<typeof visibleEffect>;

export const guardrailSize = visibleEffect.extend({
  margin: z.number().nullable(),
  /** Smallest margin that would be shown to be kept, with the planned power, where nothing gets worse. */
  smallestMargin: z.number().nullable(),
  /** Whether the margin asked for is that large; null: not known. */
  reachable: z.boolean().nullable(),
  sentence: textSchema,
});
export type GuardrailSize = z.output<typeof guardrailSize>;

export const plannedLook = z.object({
  number: count,
  /** Days after the first people enter. */
  day: count,
  on: isoDate.nullable(),
  /** People whose window has closed ÷ planned. */
  information: z.number(),
});
export type PlannedLook = z.output<typeof plannedLook>;

/** What a design could see, from its history and its own choices. */
export const designSize = z.object({
  /** Everybody who would enter, later arrivals too. */
  people: count,
  perArm: z.array(z.object({ name: z.string(), n: count })),
  /** Of the arm compared that sees least; of shares in percentage points. null: not computable. */
  smallestEffect: z.number().nullable(),
  /** The same among those whom the message reaches. */
  smallestReached: z.number().nullable(),
  effectUnit: metricHistory.shape.unit,
  /** False when the smallest visible effect is above 3 points. */
  answerable: z.boolean(),
  sentence: textSchema,
  /** Power of the comparison with the fewest people, by effect. */
  curve: z.array(z.object({ effect: z.number(), power: z.number() })),
  secondary: z.array(visibleEffect),
  guardrails: z.array(guardrailSize),
  looks: z.array(plannedLook),
  /** From the first entry to the last look. */
  daysToDecision: count,
  /** People and days that effects of a given size would need; null: never. */
  needed: z.array(
    z.object({ effect: z.number(), people: z.number().nullable(), days: z.number().nullable() }),
  ),
  /** People the looks before the last cost, as a multiple of those of a single one. */
  inflation: z.number(),
});
export type DesignSize = z.output<typeof designSize>;

export const sizing = designHistory.extend(designSize.shape).extend({
  excluded: z.array(z.object({ reason: z.string(), title: textSchema, n: z.number() })),
  /** Of the primary metric, in the portfolio's own past. */
  baseRate: estimate,
  baseRateN: z.number(),
  covariateR2: z.number(),
  /** What the figures rest on: which past, which score, which assumptions. */
  notes: z.array(textSchema),
});
export type Sizing = z.output<typeof sizing>;
