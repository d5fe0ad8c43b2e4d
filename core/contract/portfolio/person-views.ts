import { z } from 'zod';
import { ruleStatuses } from '../../contact/rule.ts';
import { channels } from '../../portfolio/tables/people.ts';
import { decimal, isoDate, isoInstant, textSchema } from '../common.ts';

const money = decimal.nullable();

/** Everything that happened with a person, oldest first. */
export const timeline = z.object({
  today: isoDate,
  balances: z.array(
    z.object({
      accountId: z.string(),
      currency: z.string(),
      asOf: isoDate,
      balance: money,
      arrears: money,
      daysPastDue: z.number().nullable(),
    }),
  ),
  payments: z.array(
    z.object({
      accountId: z.string(),
      currency: z.string(),
      paidAt: isoInstant,
      amount: decimal,
      method: z.string().nullable(),
      reversed: z.boolean(),
    }),
  ),
  contacts: z.array(
    z.object({
      sentAt: isoInstant,
      channel: z.string(),
      style: z.string().nullable(),
      outcome: z.enum(['right_party', 'replied', 'delivered', 'unknown', 'failed']),
      experimentId: z.string().nullable(),
      arm: z.string().nullable(),
    }),
  ),
  promises: z.array(
    z.object({
      accountId: z.string(),
      currency: z.string(),
      madeAt: isoInstant,
      dueOn: isoDate,
      amount: decimal,
      kept: z.boolean().nullable(),
    }),
  ),
  complaints: z.array(
    z.object({ occurredAt: isoInstant, channel: z.string().nullable(), topic: z.string().nullable() }),
  ),
  assigned: z.array(z.object({ assignedAt: isoInstant, name: z.string(), arm: z.string() })),
  messages: z.array(
    z.object({ plannedAt: isoInstant, channel: z.string(), name: z.string(), arm: z.string() }),
  ),
  /** The figures of the headline. */
  finding: z.object({
    months: z.number(),
    monthsPaid: z.number(),
    daysPastDue: z.number().nullable(),
    asOf: isoDate.nullable(),
  }),
  /** True where older events were left out. */
  shortened: z.boolean(),
  missing: z.array(z.string()),
});
export type Timeline = z.output<typeof timeline>;

export const scoreReason = z.object({
  feature: z.string(),
  title: textSchema,
  /** What the person has, as the model reads it. */
  value: z.union([z.string(), z.number(), z.null()]),
  /** The bin it falls into, where the model reads bins. */
  bin: z.string().nullable(),
  /** 20 points more double the odds. */
  points: z.number(),
  /** Points of the people the model learnt from, on average; 0 where points are told against it. */
  average: z.number(),
  difference: z.number(),
  sentence: textSchema,
});
export const personScore = z.object({
  accountId: z.string(),
  model: z.string(),
  title: textSchema,
  versionId: z.string(),
  asOf: isoDate,
  score: z.number(),
  sentence: textSchema,
  /** Largest difference to the average first; null where this kind of model gives none. */
  reasons: z.array(scoreReason).nullable(),
  /** Whether the data of today still give the stored score. */
  current: z.boolean().nullable(),
  points: z.number().nullable(),
  averagePoints: z.number().nullable(),
});
export type PersonScore = z.output<typeof personScore>;

const clause = z.object({
  rule: z.string(),
  title: textSchema,
  ruleSet: z.string(),
  version: z.string(),
  status: z.enum(ruleStatuses),
  source: z.string(),
});
export const channelVerdict = z.object({
  channel: z.enum(channels),
  allowed: z.boolean(),
  /** Every rule that forbids it now, the one that decides first. */
  failures: z.array(clause),
  /** Rules that apply here and whose source is not verified: a real send asks a named person to accept them. */
  unverified: z.array(clause),
  /** The window now open, or the next; null when none opens within the days looked at. */
  next: z
    .object({
      from: isoInstant,
      to: isoInstant,
      fromLocal: z.string(),
      toLocal: z.string(),
      zone: z.string(),
    })
    .nullable(),
});
export const allowed = z.object({
  customerId: z.string(),
  at: isoInstant,
  /** system: the clock of this machine; workspace: the portfolio’s own day at this time of day; given: as asked. */
  clock: z.enum(['system', 'workspace', 'given']),
  jurisdiction: z.string().nullable(),
  zones: z.array(z.string()),
  zoneSource: z.string(),
  local: z.string().nullable(),
  ruleSets: z.array(z.object({ id: z.string(), version: z.string(), title: textSchema })),
  channels: z.array(channelVerdict),
  /** Rules left out because a table they need holds no rows. */
  notJudged: z.array(z.object({ rule: z.string(), title: textSchema, tables: z.array(z.string()) })),
  /** Set when a batch would be refused: the contacts loaded are too old to count. */
  stale: z.object({ loadedAt: z.string(), limitHours: z.number() }).nullable(),
  lookedDays: z.number(),
});
export type Allowed = z.output<typeof allowed>;
