import { z } from 'zod';
import { bases, channels } from '../portfolio/tables/people.ts';

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'hh:mm');

/** One message of a cadence. */
export const touch = z.object({
  /** Days after the person entered; 0 is the day they enter. */
  day: z.coerce.number().int().min(0).max(120).default(0),
  /** A style of the message catalogue. */
  style: z.string(),
  channel: z.enum(channels, { error: ({ input }) => `unknown channel: "${input}"` }),
  /** Templates of the style in that channel; of several, each person gets one by lot and keeps its place. */
  templates: z.array(z.string()).min(1),
  /** Local hours in which it may go out; default: at the design's `sendAt`. */
  hours: z.object({ from: clockTime, until: clockTime }).optional(),
});
export type Touch = z.output<typeof touch>;

export const arm = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'lower case letters, digits and _'),
  /** Planned share, relative to the other arms; above 0, which `checkDesign` holds. */
  weight: z.coerce.number(),
  /** In order of day. None: silence. */
  touches: z.array(touch).max(12),
});
export type Arm = z.output<typeof arm>;

/**
 * Facts about people that the portfolio does not hold and a named person states instead. They fill gaps only,
 * and are written beside everything that rests on them.
 */
export const assumptions = z.object({
  jurisdiction: z.string().optional(),
  timeZone: z.string().optional(),
  permission: z.object({ channel: z.enum(channels), basis: z.enum(bases) }).optional(),
  validAddress: z.boolean().optional(),
  /** Accepts the house rules for people of a jurisdiction that has no rules of its own here. */
  ruleSet: z.literal('house').optional(),
  /** Day that counts as today, for a portfolio that ends in the past. */
  today: z.iso.date().optional(),
  statedBy: z.string().min(1),
});
export type Assumptions = z.output<typeof assumptions>;

/** A metric of the catalogue over a window that begins when the person enters. */
export const metricChoice = z.object({
  id: z.string(),
  horizonDays: z.coerce.number().int().min(1).max(180).default(30),
});
export type MetricChoice = z.output<typeof metricChoice>;

/** What must not get worse by more than the margin, in the metric's own unit (0.005 is half a point). */
export const guardrail = metricChoice.extend({ margin: z.coerce.number().gt(0) });
export type Guardrail = z.output<typeof guardrail>;

const usualGuardrails: Guardrail[] = [
  { id: 'complaints', horizonDays: 30, margin: 0.005 },
  { id: 'opt_outs', horizonDays: 30, margin: 0.01 },
  { id: 'hardship', horizonDays: 30, margin: 0.005 },
];

export const plans = ['simple_fixed', 'staggered_sequential', 'safety_only'] as const;

/** How the primary comparison is judged. Everything else stands under sensitivity. */
export const analysis = z.object({
  /** adjusted: by the balance covariates and the score, centred per arm, and by stratum. */
  estimator: z.enum(['adjusted', 'unadjusted']).default('adjusted'),
  /** Of the looks; fixed has one, at maturity. */
  inference: z.enum(['fixed', 'group_sequential', 'always_valid']).optional(),
  spending: z.enum(['obrien_fleming', 'pocock']).default('obrien_fleming'),
  futility: z.boolean().default(false),
});
export type Analysis = z.output<typeof analysis>;

/** What an experiment is, before anybody is in it. Frozen with a hash when people are assigned. */
export const design = z.object({
  name: z.string().min(1).max(120),
  segmentId: z.string(),
  /** Two or more, which `checkDesign` holds. */
  arms: z.array(arm),
  control: z.string(),
  /** Primary metric. Default: arrears cleared within 30 days of entering, of all of a customer's accounts. */
  metric: metricChoice.default({ id: 'cured', horizonDays: 30 }),
  secondary: z.array(metricChoice).max(8).default([]),
  guardrails: z.array(guardrail).max(8).default(usualGuardrails),
  /** Smallest difference of the primary metric worth acting on, in its unit: inside it arms are equivalent. */
  margin: z.coerce.number().gt(0).default(0.01),
  alpha: z.coerce.number().gt(0).lt(0.5).default(0.05),
  power: z.coerce.number().gt(0.5).lt(1).default(0.8),
  correction: z.enum(['none', 'holm', 'dunnett']).default('holm'),
  plan: z.enum(plans).default('simple_fixed'),
  /** Days over which people enter, one wave a day; 1: all at once. */
  entryDays: z.coerce.number().int().min(1).max(60).default(1),
  /** Days after the first on which newly eligible people still enter, in dated blocks of their own. */
  arrivalDays: z.coerce.number().int().min(0).max(180).default(0),
  /** Days a touch may wait, when its own is no day for it (Sunday, holiday, cap), before it is left out. */
  graceDays: z.coerce.number().int().min(0).max(14).default(2),
  /** Planned looks at the primary metric. */
  looks: z.coerce.number().int().min(1).max(20).default(1),
  analysis: analysis.default({ estimator: 'adjusted', spending: 'obrien_fleming', futility: false }),
  /** Facts by which effects are read apart, declared beforehand: country, product_type, bucket, currency. */
  segments: z.array(z.string()).max(4).default([]),
  /** A person is in one experiment of a layer at a time. */
  layer: z.string().max(40).default('messages'),
  /** People found in two arms are left out of the comparison, or make it invalid. */
  contamination: z.enum(['exclude', 'fail']).default('exclude'),
  /** Draws again, before anything is sent, until every standardised difference is under the limit. */
  rerandomise: z
    .object({ limit: z.coerce.number().gt(0).lt(1), most: z.coerce.number().int().min(1).max(1000) })
    .optional(),
  /** Local time of day of the send, hh:mm in each person's zone. */
  sendAt: clockTime.default('10:00'),
  /** Day on which the first people enter; default: the first day after the data on which the rules allow it. */
  sendOn: z.iso.date().optional(),
  assume: assumptions.optional(),
});
export type Design = z.output<typeof design>;
export type DesignInput = z.input<typeof design>;
