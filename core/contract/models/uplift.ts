import { z } from 'zod';
import { estimate, share, textSchema } from '../common.ts';

const count = z.number().int();

/** The mean effect of an arm against doing nothing, over rows in which both were possible. */
export const armEffect = z.object({
  arm: z.string(),
  rows: count,
  attempted: count,
  untreated: count,
  treatedRate: estimate,
  untreatedRate: estimate,
  effect: estimate,
  /** Difference of the raw shares, before any correction. */
  raw: z.number().nullable(),
});

export const armOverlap = z.object({
  arm: z.string(),
  bins: z.array(z.object({ from: share, upTo: share, attempted: count, others: count })),
  permitted: count,
  trimmedShare: share.nullable(),
});

/** Share with the outcome had a policy been followed. Ids: as_done, nobody, always:<arm>, best. */
export const policyValue = z.object({
  id: z.string(),
  rows: count,
  matching: count,
  effectiveSize: z.number(),
  largestShare: z.number(),
  ips: estimate,
  snips: estimate,
  doublyRobust: estimate,
});

export const upliftRanking = z.object({
  arm: z.string(),
  /** Slope of real effects on predicted ones: 1 is right; not above 0, people are not told apart. */
  slope: estimate.default({ estimate: null, lower: null, upper: null, reason: 'not_measured' }),
  auuc: estimate,
  qini: estimate,
  curve: z.array(z.object({ share, gain: z.number(), lower: z.number(), upper: z.number() })),
  /** People in fifths by predicted effect, with what their effect was. */
  points: z.array(
    z.object({
      predicted: z.number(),
      observed: z.number(),
      lower: z.number(),
      upper: z.number(),
      n: count,
    }),
  ),
});

/** Decisions told apart by how the choice is known, with all that was estimated on them. */
export const upliftStratum = z.object({
  id: z.enum(['recorded', 'elsewhere']),
  identification: z.enum(['randomised', 'recorded_propensity', 'associational']),
  places: z.array(z.object({ place: z.string(), rows: count })),
  rows: count,
  customers: count,
  /** Why nothing was estimated here; the lists are then empty. */
  refused: z.object({ code: z.string(), message: textSchema }).nullable(),
  effects: z.array(armEffect),
  overlap: z.array(armOverlap),
  policies: z.array(policyValue),
  rankings: z.array(upliftRanking),
});
export type UpliftStratum = z.output<typeof upliftStratum>;

export const upliftSection = z.object({
  method: z.enum(['dr', 't', 'x']),
  windowDays: count,
  trim: z.tuple([z.number(), z.number()]),
  folds: count,
  arms: z.array(z.object({ id: z.string(), title: textSchema })),
  thinning: z.object({ share, rule: textSchema }),
  /** Rows left out: the arm attempted was not permitted by then. */
  againstPermission: count,
  strata: z.array(upliftStratum),
  /** Of those who paid in the window: paid over overdue, by currency. */
  amounts: z.array(z.object({ currency: z.string(), payers: count, share: z.number().nullable() })),
  /** Mean cost of an attempt, by currency and arm, over those with a cost. */
  costs: z.array(z.object({ currency: z.string(), arm: z.string(), n: count, mean: z.string() })),
});
export type UpliftSection = z.output<typeof upliftSection>;
