import { z } from 'zod';
import { isoDate, isoInstant, paging, share, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

const currency = z.string().regex(/^[A-Z]{3}$/, 'ISO 4217, three capital letters');
const count = z.number().int();

/** Each is said once: of two figures neither would be the one. */
const once = (keys: readonly string[]): boolean => new Set(keys).size === keys.length;

export const channelInputs = z.object({
  amounts: z
    .array(z.object({ currency, share: z.coerce.number().min(0).max(1) }))
    .refine((amounts) => once(amounts.map((one) => one.currency)), 'one share a currency')
    .describe('What is paid in the window over what is overdue, of those who pay'),
  costs: z
    .array(z.object({ currency, channel: z.string(), cost: z.coerce.number().min(0) }))
    .refine(
      (costs) => once(costs.map((one) => `${one.currency} ${one.channel}`)),
      'one cost a currency and channel',
    )
    .describe('What an attempt costs, in the currency'),
});
export type ChannelInputs = z.output<typeof channelInputs>;

/** clear; tie: with another channel; unsure: not told apart from doing nothing; none; closed; unknown. */
export const channelAnswers = ['clear', 'tie', 'unsure', 'none', 'closed', 'unknown'] as const;

export const channelChoices = z.object({
  versionId: z.string(),
  asOf: isoDate,
  /** Day on which the contact rules were judged. */
  decidedOn: isoDate,
  people: count,
  scoredAt: isoInstant,
  inputs: channelInputs,
  /** Currencies with people in them and no share paid, and channels without a cost, by currency. */
  missing: z.array(z.object({ currency, channels: z.array(z.string()), share: z.boolean() })),
  /** Rules that could not be judged, for want of their tables. */
  notJudged: z.array(z.object({ rule: z.string(), tables: z.array(z.string()) })),
  channels: z.array(
    z.object({
      channel: z.string(),
      permitted: count,
      /** Permitted, and open by the contact rules. */
      open: count,
      blocked: z.array(z.object({ rule: z.string(), title: textSchema, n: count })),
      /** People for whom it leads, by how sure that is. */
      clear: count,
      tie: count,
      unsure: count,
    }),
  ),
  /** People for whom nothing is done: none is worth its cost, none is open, or it cannot be told. */
  nobody: z.object({ none: count, closed: count, unknown: count }),
  /** Net value of following the leading channel against contacting nobody, by currency and how it is known. */
  values: z.array(
    z.object({
      currency,
      identification: z.string(),
      people: count,
      worth: z.string(),
      lower: z.string().nullable(),
      upper: z.string().nullable(),
    }),
  ),
});
export type ChannelChoices = z.output<typeof channelChoices>;

export const channelPerson = z.object({
  customerId: z.string(),
  accountId: z.string(),
  channel: z.string(),
  answer: z.enum(channelAnswers),
  effect: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  chanceNone: share.nullable(),
  netValue: z.number().nullable(),
  currency: z.string(),
  identification: z.string(),
});

const params = z.object({ versionId: z.string() });

export const channels = {
  get: endpoint({
    id: 'channels.get',
    method: 'GET',
    path: '/models/versions/{versionId}/channels',
    permission: 'model:read',
    params,
    response: z.object({ choices: channelChoices.nullable() }),
    summary: {
      es: 'El mejor canal de cada persona puntuada, contado',
      en: 'The best channel of each person scored, counted',
    },
    command: 'channels',
  }),
  setInputs: endpoint({
    id: 'channels.setInputs',
    method: 'PUT',
    path: '/models/versions/{versionId}/channels/inputs',
    permission: 'score:run',
    params,
    body: channelInputs,
    response: z.object({ choices: channelChoices }),
    summary: {
      es: 'Cambia costos e importes esperados y elige de nuevo',
      en: 'Changes costs and expected amounts and chooses again',
    },
    command: 'channels inputs',
  }),
  people: endpoint({
    id: 'channels.people',
    method: 'GET',
    path: '/models/versions/{versionId}/channels/people',
    permission: 'portfolio:read',
    params,
    query: paging.extend({ channel: z.string().optional(), answer: z.enum(channelAnswers).optional() }),
    response: z.object({ people: z.array(channelPerson), total: count }),
    summary: {
      es: 'Personas con el canal que va delante',
      en: 'People with the channel that leads',
    },
    command: 'channels people',
  }),
};
