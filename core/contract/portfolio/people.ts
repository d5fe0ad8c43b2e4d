import { z } from 'zod';
import { channels } from '../../portfolio/tables/people.ts';
import { decimal, isoDate, isoInstant, paging, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { hold } from './keeping.ts';
import { allowed, personScore, timeline } from './person-views.ts';

const money = decimal.nullable();

/** Amounts of one person in one currency; currencies are never added together. */
export const personBalance = z.object({
  currency: z.string(),
  accounts: z.number(),
  balance: money,
  arrears: money,
  daysPastDue: z.number().nullable(),
});

export const personFound = z.object({
  customerId: z.string(),
  jurisdiction: z.string().nullable(),
  customerType: z.string().nullable(),
  accounts: z.number(),
  balances: z.array(personBalance),
  /** Most days past due of any account on its newest balance. */
  daysPastDue: z.number().nullable(),
  by: z.enum(['customer', 'account', 'address']),
});
export type PersonFound = z.output<typeof personFound>;

export const personAccount = z.object({
  accountId: z.string(),
  productType: z.string().nullable(),
  currency: z.string(),
  openedOn: isoDate.nullable(),
  status: z.string().nullable(),
  chargedOffOn: isoDate.nullable(),
  asOf: isoDate.nullable(),
  balance: money,
  arrears: money,
  daysPastDue: z.number().nullable(),
});
export type PersonAccount = z.output<typeof personAccount>;

export const personParty = z.object({
  accountId: z.string(),
  customerId: z.string(),
  role: z.string(),
  contactable: z.boolean(),
  /** Whether the account is this person’s own. */
  own: z.boolean(),
});

export const personExperiment = z.object({
  experimentId: z.string(),
  name: z.string(),
  arm: z.string(),
  stratum: z.string(),
  block: z.number(),
  propensity: z.number(),
  salt: z.string(),
  planHash: z.string(),
  assignedAt: isoInstant,
  /** md5 of salt:customer, which put people in order. */
  hash: z.string(),
  /** Place of the person in that order inside the stratum, from 1, and how many stand in it. */
  place: z.number(),
  people: z.number(),
  /** Whether the hash, worked out again here, is the one stored. */
  verified: z.boolean(),
  log: z.array(
    z.object({
      exportId: z.string().nullable(),
      batchId: z.string(),
      touch: z.number(),
      channel: z.string().nullable(),
      state: z.string(),
      rule: z.string().nullable(),
      title: textSchema.nullable(),
      ruleSet: z.string().nullable(),
      happenedAt: isoInstant,
      plannedAt: isoInstant.nullable(),
      key: z.string().nullable(),
    }),
  ),
});
export type PersonExperiment = z.output<typeof personExperiment>;

export const person = z.object({
  customerId: z.string(),
  today: isoDate,
  simulated: z.boolean(),
  customerType: z.string().nullable(),
  jurisdiction: z.string().nullable(),
  timeZone: z.string().nullable(),
  language: z.string().nullable(),
  customerSince: isoDate.nullable(),
  /** Columns of the person that are only shown on request, and whether they hold something. */
  personal: z.array(z.object({ column: z.string(), title: textSchema, held: z.boolean() })),
  accounts: z.array(personAccount),
  parties: z.array(personParty),
  permissions: z.array(
    z.object({
      channel: z.enum(channels),
      basis: z.string(),
      grantedAt: isoInstant,
      revokedAt: isoInstant.nullable(),
      source: z.string().nullable(),
    }),
  ),
  points: z.array(
    z.object({
      channel: z.enum(channels),
      masked: z.string(),
      valid: z.boolean(),
      verifiedAt: isoInstant.nullable(),
      source: z.string().nullable(),
    }),
  ),
  flags: z.array(
    z.object({
      kind: z.string(),
      title: textSchema,
      startedOn: isoDate,
      endedOn: isoDate.nullable(),
      active: z.boolean(),
    }),
  ),
  experiments: z.array(personExperiment),
  hold: hold.nullable(),
  /** Canonical tables that hold no rows: what this page cannot show. */
  missing: z.array(z.string()),
});
export type Person = z.output<typeof person>;

const params = z.object({ customerId: z.string().min(1) });

export const people = {
  search: endpoint({
    id: 'people.search',
    method: 'GET',
    path: '/people',
    permission: 'portfolio:read',
    query: paging.extend({
      text: z.string().trim().min(1).max(200).describe('Customer or account identifier, or its beginning'),
      late: z.enum(['yes', 'no']).default('no').describe('Only people past due'),
      sort: z.enum(['id', 'late']).default('id'),
    }),
    response: z.object({ people: z.array(personFound), more: z.boolean(), missing: z.array(z.string()) }),
    summary: { es: 'Busca personas', en: 'Searches people' },
    command: 'people',
    argument: 'text',
  }),
  get: endpoint({
    id: 'people.get',
    method: 'GET',
    path: '/people/{customerId}',
    permission: 'portfolio:read',
    params,
    response: person,
    summary: { es: 'Una persona', en: 'One person' },
    command: 'person',
  }),
  timeline: endpoint({
    id: 'people.timeline',
    method: 'GET',
    path: '/people/{customerId}/timeline',
    permission: 'portfolio:read',
    params,
    response: timeline,
    summary: { es: 'Qué ha pasado con una persona', en: 'What has happened with a person' },
    command: 'person timeline',
  }),
  scores: endpoint({
    id: 'people.scores',
    method: 'GET',
    path: '/people/{customerId}/scores',
    permission: 'model:read',
    params,
    response: z.object({ scores: z.array(personScore) }),
    summary: { es: 'Puntajes de una persona y su porqué', en: 'Scores of a person and why' },
    command: 'person scores',
  }),
  allowed: endpoint({
    id: 'people.allowed',
    method: 'GET',
    path: '/people/{customerId}/allowed',
    permission: 'portfolio:read',
    params,
    query: z.object({
      at: z.iso.datetime({ offset: true }).optional().describe('Instant judged; default: now'),
    }),
    response: allowed,
    summary: {
      es: 'Qué permiten las reglas con una persona, ahora',
      en: 'What the rules allow with a person, now',
    },
    command: 'allowed',
  }),
  reveal: endpoint({
    id: 'people.reveal',
    method: 'POST',
    path: '/people/{customerId}/reveal',
    permission: 'personal:read',
    params,
    response: z.object({
      points: z.array(z.object({ channel: z.enum(channels), address: z.string().nullable() })),
      personal: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
    }),
    summary: {
      es: 'Muestra los datos personales; queda escrito quién miró',
      en: 'Shows personal data; who looked is written down',
    },
    command: 'person reveal',
  }),
};
