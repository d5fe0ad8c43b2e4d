import { z } from 'zod';
import { condition } from '../../segment/condition.ts';
import { estimate, isoDate, isoInstant, paging, share, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

const amounts = z.array(z.object({ currency: z.string(), amount: z.string() }));
const one = z.object({ segmentId: z.string() });

const band = z.object({
  title: textSchema,
  condition,
  accounts: z.number(),
  customers: z.number(),
});

export const criterion = z.object({
  id: z.string(),
  title: textSchema,
  kind: z.enum(['criterion', 'deciles']),
  bands: z.array(band),
});
export type Criterion = z.output<typeof criterion>;

const compared = z.object({ id: z.string().nullable(), name: z.string(), customers: z.number() });

export const overlapAnswer = z.object({
  asOf: isoDate,
  /** People of each; the condition asked about has no id. */
  segments: z.array(compared),
  /** Of each pair: people in both, and in both over in either. */
  pairs: z.array(
    z.object({ first: z.number(), second: z.number(), both: z.number(), jaccard: share.nullable() }),
  ),
  /** Segments that cannot be counted today, and why. */
  leftOut: z.array(z.object({ id: z.string(), name: z.string(), reason: textSchema })),
});
export type Overlap = z.output<typeof overlapAnswer>;

const side = z.object({ mean: z.number().nullable(), n: z.number() });
export const profileRow = z.object({
  id: z.string(),
  title: textSchema,
  unit: z.enum(['share', 'number', 'money']),
  currency: z.string().nullable(),
  /** Means over people. */
  segment: side,
  other: side,
  /** Segment less the other, with the 95 % interval of Welch. */
  difference: estimate,
  /** The difference in pooled standard deviations (Hedges' g). */
  standardised: estimate,
});
export type ProfileRow = z.output<typeof profileRow>;

const profile = z.object({
  asOf: isoDate,
  against: z.object({ id: z.string().nullable(), name: z.string().nullable() }),
  /** People in the segment alone, in the other alone, and in both; those in both are left out of the comparison. */
  people: z.object({ segment: z.number(), other: z.number(), both: z.number() }),
  /** Largest standardised difference first. */
  rows: z.array(profileRow),
  finding: textSchema,
});
export type Profile = z.output<typeof profile>;

export const member = z.object({
  /** Shortened for those who may not read personal data. */
  customerId: z.string(),
  accountId: z.string(),
  daysPastDue: z.number().nullable(),
  currency: z.string(),
  balance: z.string().nullable(),
  arrears: z.string().nullable(),
  productType: z.string().nullable(),
});

export const freeze = z.object({
  id: z.string(),
  asOf: isoDate,
  frozenAt: isoInstant,
  customers: z.number(),
  accounts: z.number(),
  arrears: amounts,
  /** Equal where the accounts are the same ones; null: frozen by an earlier version. */
  fingerprint: z.string().nullable(),
  dataVersion: z.string(),
  reason: z.enum(['saved', 'by_hand', 'export']),
  usedBy: z.string().nullable(),
  by: z.string(),
  /** Whether experiments designed on the segment take these people. */
  current: z.boolean(),
});
export type SegmentFreeze = z.output<typeof freeze>;

const historyAnswer = z.object({
  /** What the condition picked at each month's last balances, oldest first. */
  months: z.array(
    z.object({
      asOf: isoDate,
      customers: z.number().nullable(),
      accounts: z.number().nullable(),
      arrears: amounts,
      /** Why it cannot be counted then. */
      reason: textSchema.nullable(),
    }),
  ),
  freezes: z.array(freeze),
  /** Experiments on it. */
  uses: z.array(z.object({ experimentId: z.string(), name: z.string(), status: z.string(), asOf: isoDate })),
});
export type SegmentHistory = z.output<typeof historyAnswer>;

export const sorts = ['days_past_due', 'arrears', 'balance', 'account_id'] as const;

export const segmentViews = {
  criteria: endpoint({
    id: 'segments.criteria',
    method: 'GET',
    path: '/segment-criteria',
    permission: 'segment:read',
    response: z.object({ asOf: isoDate, criteria: z.array(criterion) }),
    summary: {
      es: 'Criterios listos para segmentar y deciles de cada modelo',
      en: 'Ready-made criteria to segment by, and deciles of each model',
    },
    command: 'segment criteria',
  }),
  overlap: endpoint({
    id: 'segments.overlap',
    method: 'POST',
    path: '/segments/overlap',
    permission: 'segment:read',
    body: z.object({
      condition: condition.optional().describe('Compared with the segments, first'),
      segmentIds: z.array(z.string()).max(20).optional().describe('Default: the ten newest'),
    }),
    response: overlapAnswer,
    summary: { es: 'Cuántas personas comparten los segmentos', en: 'How many people segments share' },
    command: 'segment overlap',
  }),
  profile: endpoint({
    id: 'segments.profile',
    method: 'GET',
    path: '/segments/{segmentId}/profile',
    permission: 'segment:read',
    params: one,
    query: z.object({ against: z.string().optional().describe('Another segment; default: everybody else') }),
    response: profile,
    summary: {
      es: 'En qué se distingue un segmento del resto o de otro',
      en: 'What sets a segment apart from the rest or from another',
    },
    command: 'segment profile',
  }),
  members: endpoint({
    id: 'segments.members',
    method: 'GET',
    path: '/segments/{segmentId}/members',
    permission: 'segment:read',
    params: one,
    query: paging.extend({
      sort: z.enum(sorts).default('days_past_due'),
      freeze: z.string().optional().describe('A freeze of the segment; default: the current one'),
    }),
    response: z.object({ members: z.array(member), total: z.number(), asOf: isoDate, masked: z.boolean() }),
    summary: { es: 'Quiénes están en un segmento congelado', en: 'Who is in a frozen segment' },
    command: 'segment members',
  }),
  table: endpoint({
    id: 'segments.table',
    method: 'GET',
    path: '/segments/{segmentId}/members/table',
    permission: 'segment:read',
    params: one,
    query: z.object({
      format: z.enum(['csv', 'json', 'arrow']).default('csv'),
      freeze: z.string().optional(),
    }),
    response: z.string().describe('All members'),
    kind: 'stream',
    summary: { es: 'Todos los miembros, como archivo', en: 'All members, as a file' },
    command: 'segment table',
  }),
  history: endpoint({
    id: 'segments.history',
    method: 'GET',
    path: '/segments/{segmentId}/history',
    permission: 'segment:read',
    params: one,
    response: historyAnswer,
    summary: {
      es: 'Cuántos fueron mes a mes, cuándo se congeló y qué lo usa',
      en: 'How many they were month by month, when it was frozen and what uses it',
    },
    command: 'segment history',
  }),
  freeze: endpoint({
    id: 'segments.freeze',
    method: 'POST',
    path: '/segments/{segmentId}/freezes',
    permission: 'segment:write',
    params: one,
    response: freeze,
    summary: {
      es: 'Congela un segmento con sus personas de hoy',
      en: 'Freezes a segment with its people of today',
    },
    command: 'segment freeze',
  }),
};
