import { z } from 'zod';
import { channels } from '../../portfolio/tables/people.ts';
import { isoDate, isoInstant, textSchema } from '../common.ts';

const count = z.number().int();

export const whatIfQuestion = z.object({
  segmentId: z.string().optional(),
  experimentId: z.string().optional(),
  arm: z.string().optional(),
  channel: z.enum(channels),
  date: isoDate,
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'hh:mm'),
  /** One clock for everybody, as America/Bogota; without, each person’s own. */
  zone: z.string().optional(),
});
export type WhatIfQuestion = z.output<typeof whatIfQuestion>;

/** Nothing is reserved and nothing is sent. */
export const whatIf = z.object({
  people: count,
  passing: count,
  /** "passes rule set CO-2300 v1", per rule set. */
  ruleSets: z.array(
    z.object({ id: z.string(), version: z.string(), title: textSchema, passing: count, people: count }),
  ),
  held: z.array(
    z.object({
      rule: z.string(),
      title: textSchema,
      limits: textSchema,
      ruleSet: z.string(),
      version: z.string(),
      status: z.string(),
      source: z.string(),
      /** People for whom it is the first rule failed: these add up. */
      n: count,
      failing: count,
      /** A few of them, by identifier. */
      examples: z.array(z.string()),
    }),
  ),
  plannedAt: z.object({ first: isoInstant.nullable(), last: isoInstant.nullable() }),
  /** Local times of the places in play, on their own clock. */
  places: z.array(
    z.object({
      jurisdiction: z.string(),
      zones: z.array(z.string()),
      zoneSource: z.string(),
      local: z.string().nullable(),
      people: count,
      passing: count,
    }),
  ),
  /**
   * People lawful by hour over the seven days from the day asked for on, on each person’s own clock (hour 9 is 09:00–10:00); caps and
   * pauses as far as contacts are known, at the first lawful hour of each day.
   */
  week: z.object({
    from: isoDate,
    hours: z.array(z.object({ date: isoDate, hour: count, people: count })),
    first: z.object({ date: isoDate, hour: count, people: count }).nullable(),
    best: z.object({ date: isoDate, hour: count, people: count }).nullable(),
  }),
  unverified: z.array(z.string()),
  notJudged: z.array(z.object({ rule: z.string(), title: textSchema, tables: z.array(z.string()) })),
});
export type WhatIf = z.output<typeof whatIf>;
