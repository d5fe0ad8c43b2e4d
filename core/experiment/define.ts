import { z } from 'zod';
import { bases, channels } from '../portfolio/tables/people.ts';

export const arm = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'lower case letters, digits and _'),
  /** A style of the message catalogue. */
  style: z.string(),
  channel: z.enum(channels, { error: ({ input }) => `unknown channel: "${input}"` }),
  /** A template of the style, in that channel. */
  template: z.string(),
  /** Planned share, relative to the other arms; above 0, which `checkDesign` holds. */
  weight: z.coerce.number(),
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

/** What an experiment is, before anybody is in it. Frozen with a hash when people are assigned. */
export const design = z.object({
  name: z.string().min(1).max(120),
  segmentId: z.string(),
  /** Two or more, which `checkDesign` holds. */
  arms: z.array(arm),
  control: z.string(),
  /** Primary metric: arrears cleared within `horizonDays` of assignment, of all of a customer's accounts. */
  metric: z
    .object({
      id: z.literal('cured').default('cured'),
      horizonDays: z.coerce.number().int().min(1).max(90).default(30),
    })
    .default({ id: 'cured', horizonDays: 30 }),
  alpha: z.coerce.number().gt(0).lt(0.5).default(0.05),
  power: z.coerce.number().gt(0.5).lt(1).default(0.8),
  correction: z.enum(['none', 'holm']).default('holm'),
  plan: z.enum(['simple_fixed', 'staggered_sequential', 'safety_only']).default('simple_fixed'),
  /** Local time of day of the send, hh:mm in each person's zone. */
  sendAt: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default('10:00'),
  /** Day of the send; default: the first day after the data on which the rules allow it. */
  sendOn: z.iso.date().optional(),
  assume: assumptions.optional(),
});
export type Design = z.output<typeof design>;
