import { z } from 'zod';
import { channels } from '../../portfolio/tables/people.ts';
import { estimate, isoDate, isoInstant, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';

const count = z.number().int();

/** People left without discretionary contact by lot, as they enter 1–29 days past due, so that what contact is worth stays known. */
export const holdoutPlan = z.object({
  name: z.string().trim().min(1).max(120),
  /** Of those who enter and could lawfully be written to. */
  share: z.coerce.number().gt(0).max(0.1).default(0.02),
  /** Released after so many days, or sooner: at 30 days past due, with hardship or vulnerability, when the holdout ends. */
  holdDays: z.coerce.number().int().min(7).max(180).default(30),
  /** Largest balance of a person held, in whole units of each currency; nobody of another currency is held. */
  ceilings: z
    .array(z.object({ currency: z.string().length(3), amount: z.coerce.number().gt(0) }))
    .min(1)
    .max(20),
  /** Channels of discretionary contact: who is drawn could get them all. */
  channels: z.array(z.enum(channels)).min(1).default(['sms']),
});
export type HoldoutPlan = z.output<typeof holdoutPlan>;

/** Contacted less held, per person; positive: contact brings more. */
export const contactEffect = z.object({
  held: z.object({ n: count, mean: z.number().nullable() }),
  treated: z.object({ n: count, mean: z.number().nullable() }),
  /** Weighted by how many entered in each cohort. */
  effect: estimate,
  /** People of cohorts in which nobody was held, or everybody: left out. */
  leftOut: count,
});
export type ContactEffect = z.output<typeof contactEffect>;

export const holdoutValue = z.object({
  from: isoDate,
  until: isoDate,
  horizonDays: count,
  /** Last day of entering whose horizon has passed. */
  maturedUntil: isoDate.nullable(),
  cohorts: count,
  /** Share of people who cleared their arrears within the horizon. */
  clearing: contactEffect,
  cash: z.array(contactEffect.extend({ currency: z.string() })),
  sentence: textSchema,
});
export type HoldoutValue = z.output<typeof holdoutValue>;

export const expectedCost = z.object({
  /** People who entered at the newest balances and could be drawn, and how many of them would be held. */
  entrants: count,
  held: z.number(),
  heldPerYear: z.number(),
  perYear: z.array(
    z.object({
      currency: z.string(),
      /** Cash not collected for being held; negative: collected more. Without a past to tell, all of it at most. */
      cost: estimate,
    }),
  ),
  clearing: estimate,
  basis: textSchema,
  excluded: z.array(z.object({ reason: z.string(), title: textSchema, n: count })),
});
export type ExpectedCost = z.output<typeof expectedCost>;

export const holdout = z.object({
  id: z.string(),
  state: z.enum(['proposed', 'running', 'ended']),
  plan: holdoutPlan,
  expected: expectedCost,
  people: z.object({ drawn: count, held: count, heldNow: count }),
  released: z.array(z.object({ reason: z.string(), title: textSchema, n: count })),
  createdAt: isoInstant,
  by: z.string(),
  approvedBy: z.string().nullable(),
  approvalNote: z.string().nullable(),
  approvedAt: isoInstant.nullable(),
  endedAt: isoInstant.nullable(),
});
export type Holdout = z.output<typeof holdout>;

const params = z.object({ holdoutId: z.string() });

export const holdouts = {
  list: endpoint({
    id: 'holdouts.list',
    method: 'GET',
    path: '/holdouts',
    permission: 'experiment:read',
    response: z.object({ holdouts: z.array(holdout) }),
    summary: { es: 'Grupos sin contacto discrecional', en: 'Holdouts of discretionary contact' },
    command: 'holdouts',
  }),
  propose: endpoint({
    id: 'holdouts.propose',
    method: 'POST',
    path: '/holdouts',
    permission: 'experiment:design',
    body: holdoutPlan,
    response: holdout,
    summary: {
      es: 'Propone un grupo sin contacto, con lo que costaría',
      en: 'Proposes a holdout, with what it would cost',
    },
    command: 'holdout propose',
  }),
  approve: endpoint({
    id: 'holdouts.approve',
    method: 'POST',
    path: '/holdouts/{holdoutId}/approval',
    permission: 'holdout:approve',
    params,
    body: z.object({
      name: z.string().trim().min(1).describe('Who approves it'),
      note: z.string().trim().min(1).describe('Why its cost is accepted'),
    }),
    response: holdout,
    summary: { es: 'Aprueba un grupo sin contacto, con nombre', en: 'Approves a holdout, by name' },
    command: 'holdout approve',
  }),
  end: endpoint({
    id: 'holdouts.end',
    method: 'POST',
    path: '/holdouts/{holdoutId}/end',
    permission: 'holdout:approve',
    params,
    response: holdout,
    summary: { es: 'Termina un grupo y suelta a todos', en: 'Ends a holdout and releases everybody' },
    command: 'holdout end',
  }),
  day: endpoint({
    id: 'holdouts.day',
    method: 'POST',
    path: '/holdouts/day',
    permission: 'contact:check',
    response: job,
    kind: 'job',
    summary: {
      es: 'Sortea a quienes entran y suelta a quienes toca',
      en: 'Draws those who enter and releases whose time has come',
    },
    command: 'holdout day',
  }),
  value: endpoint({
    id: 'holdouts.value',
    method: 'GET',
    path: '/holdouts/{holdoutId}/value',
    permission: 'experiment:read',
    params,
    query: z.object({
      from: isoDate.optional().describe('Default: a year before the last'),
      until: isoDate.optional(),
      horizonDays: z.coerce.number().int().min(7).max(90).default(30),
    }),
    response: holdoutValue,
    summary: { es: 'Lo que vale el contacto discrecional', en: 'What discretionary contact is worth' },
    command: 'holdout value',
  }),
};
