import { z } from 'zod';
import { condition } from '../../segment/condition.ts';
import { decimal, estimate, isoDate, share, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { identifications } from './card.ts';

const amount = z.object({ currency: z.string(), amount: decimal });
/** Null: the data do not say, and nothing was given. */
const amountEstimate = z.object({
  currency: z.string(),
  estimate: decimal.nullable(),
  lower: decimal.nullable(),
  upper: decimal.nullable(),
});

/** Accounts left alone for the days of the wait, and what comes of it. */
export const waitOutcome = z.object({
  accounts: z.number(),
  balance: z.array(amount),
  /** Accounts expected at 0 by the end of the horizon, with the 95 % interval. */
  cures: estimate,
  /** Of those, the ones expected within the wait itself; null where the day of a cure is not known. */
  curesInWait: z.number().nullable(),
  /** Contacts the current policy would have made in the wait to accounts that cure in it: never made. */
  contactsSaved: z.number().nullable(),
  /** Contacts of the wait that are made later, to accounts still late. */
  contactsPostponed: z.number().nullable(),
  costSaved: z.array(z.object({ currency: z.string(), amount: decimal.nullable() })),
  /** Expected loss that waiting adds, by currency, never added together. */
  extraLoss: z.array(amountEstimate),
});
export type WaitOutcome = z.output<typeof waitOutcome>;

export const cutOffRow = waitOutcome.extend({
  /** Accounts with at least this chance wait. */
  cutOff: share,
  /** People all of whose scored accounts wait. */
  people: z.number(),
  /** Accounts contacted now. */
  contacted: z.number(),
});
export type CutOffRow = z.output<typeof cutOffRow>;

export const waitAssumption = z.object({
  id: z.enum(['contacts', 'cost', 'effect', 'rollToLoss', 'lossGivenDefault', 'timing', 'order', 'exposure']),
  title: textSchema,
  sentence: textSchema,
  source: z.enum(['data', 'given', 'assumed', 'missing']),
});
export type WaitAssumption = z.output<typeof waitAssumption>;

const query = z.object({
  cutOff: z.coerce.number().min(0).max(1).default(0.8).describe('Accounts with at least this chance wait'),
  waitDays: z.coerce.number().int().min(1).max(90).default(10),
  capacity: z.coerce.number().int().min(0).default(3000).describe('Contacts that can be made in a day'),
  contactCosts: z
    .string()
    .regex(/^[A-Z]{3}:\d{1,12}(\.\d{1,4})?(,[A-Z]{3}:\d{1,12}(\.\d{1,4})?)*$/, 'write MXN:1.20,COP:300')
    .optional()
    .describe(
      'Cost of one contact by currency, as MXN:1.20,COP:300; default: what contacts cost in the data',
    ),
  contactsPerAccount: z.coerce.number().min(0).max(100).optional().describe('In the days of the wait'),
  effectPoints: z.coerce
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('Cures lost by not contacting during the wait, in points of a hundred accounts'),
  rollToLoss: z.coerce
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('Share of accounts charged off in the end once in the next bucket'),
  lossGivenDefault: z.coerce.number().min(0).max(1).default(0.6),
});
export type WaitQuery = z.output<typeof query>;

export const waiting = {
  table: endpoint({
    id: 'waiting.table',
    method: 'GET',
    path: '/models/self-cure/waiting',
    permission: 'model:read',
    query,
    response: z.object({
      versionId: z.string(),
      asOf: isoDate,
      title: textSchema,
      identification: z.enum(identifications),
      /** Whether the score says what happens without contact. */
      alone: z.boolean(),
      horizonDays: z.number(),
      cutOff: share,
      waitDays: z.number(),
      finding: textSchema,
      chosen: cutOffRow,
      rows: z.array(cutOffRow),
      groups: z.array(waitOutcome.extend({ bucket: z.string(), product: z.string().nullable() })),
      capacity: z.object({
        perDay: z.number(),
        /** The cut-off at which those contacted first are as many as can be; null: everybody can be. */
        cutOff: share.nullable(),
        contacted: z.number(),
        waiting: z.number(),
        /** Days it takes to contact all below the chosen cut-off; null without capacity. */
        days: z.number().nullable(),
        sentence: textSchema,
      }),
      assumptions: z.array(waitAssumption),
      /** Whom waiting is about, as a segment. */
      segment: z.object({ name: textSchema, condition }),
    }),
    summary: {
      es: 'A quién se puede dejar unos días, y qué cuesta',
      en: 'Who can be left alone some days, and at what cost',
    },
    command: 'waiting',
  }),
  rate: endpoint({
    id: 'waiting.rate',
    method: 'GET',
    path: '/models/self-cure/rate',
    permission: 'model:read',
    response: z.object({
      /** Of entries into 1–29 days past due: share back at 0 within the horizon. */
      share: estimate,
      n: z.number(),
      people: z.number(),
      /** From people nobody contacts, or under the current policy. */
      identification: z.enum(['holdout', 'current_policy']),
      minDaysPastDue: z.number(),
      maxDaysPastDue: z.number(),
      horizonDays: z.number(),
      dates: z.object({ from: isoDate, to: isoDate }).nullable(),
      sentence: textSchema.nullable(),
    }),
    summary: {
      es: 'Qué parte de la mora temprana se cura sola, según el grupo sin contacto',
      en: 'What share of early delinquency cures alone, by the group without contact',
    },
    command: 'cure rate',
  }),
};
