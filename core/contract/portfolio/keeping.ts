import { z } from 'zod';
import { isoDate, isoInstant, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';

export const hold = z.object({
  customerId: z.string(),
  reason: z.string(),
  placedAt: isoInstant,
  by: z.string(),
  releasedAt: isoInstant.nullable(),
  releasedBy: z.string().nullable(),
});
export type Hold = z.output<typeof hold>;

/** What happens to the rows of a table, or of a file of the workspace. */
export const forgetActions = ['erased', 'pseudonymised', 'emptied', 'rewritten', 'removed', 'kept'] as const;
export const forgetLine = z.object({
  /** A table, or a path inside the workspace. */
  place: z.string(),
  kind: z.enum(['table', 'file']),
  action: z.enum(forgetActions),
  rows: z.number().nullable(),
  why: textSchema.nullable(),
});
export type ForgetLine = z.output<typeof forgetLine>;

/** A receiver outside that holds something of the person. */
export const forgetReceiver = z.object({
  destination: z.string(),
  name: textSchema,
  /** removed, emptied: it is being told so, in `run`; by_hand: somebody has to see to it there. */
  action: z.enum(['removed', 'emptied', 'by_hand']),
  run: z.string().nullable(),
  /** What is left for a person to do there; null: nothing. */
  why: textSchema.nullable(),
});
export type ForgetReceiver = z.output<typeof forgetReceiver>;

/** Holds no value of the person: only the random name that stands in their place. */
export const forgetReport = z.object({
  id: z.string(),
  token: z.string(),
  requestedAt: isoInstant,
  erasedAt: isoInstant.nullable(),
  by: z.string(),
  lines: z.array(forgetLine),
  receivers: z.array(forgetReceiver),
  /** Versions of models trained while the person was in the data. */
  models: z.number(),
  experiments: z.number(),
});
export type ForgetReport = z.output<typeof forgetReport>;

export const retentionRule = z.object({
  table: z.string(),
  title: textSchema,
  /** Days a row is kept, counted from `column`; null: for ever. */
  days: z.number().nullable(),
  column: z.string(),
  /** Columns that can be counted from. */
  columns: z.array(z.string()),
  setAt: isoInstant.nullable(),
  by: z.string().nullable(),
});
export type RetentionRule = z.output<typeof retentionRule>;

export const retentionLine = z.object({
  table: z.string(),
  column: z.string(),
  days: z.number(),
  /** Rows before this date go. */
  before: isoDate,
  rows: z.number(),
  /** Rows over age that stay, their person being under legal hold. */
  held: z.number(),
});
export type RetentionLine = z.output<typeof retentionLine>;

const person = z.object({ customerId: z.string().min(1) });
const note = z.string().max(300).default('').describe('Why, in words that name nobody');

export const keeping = {
  preview: endpoint({
    id: 'keeping.preview',
    method: 'GET',
    path: '/people/{customerId}/forget',
    permission: 'keeping:manage',
    params: person,
    response: z.object({
      customerId: z.string(),
      hold: hold.nullable(),
      lines: z.array(forgetLine),
    }),
    summary: { es: 'Qué se borraría de una persona', en: 'What forgetting a person would destroy' },
    command: 'forget preview',
  }),
  forget: endpoint({
    id: 'keeping.forget',
    method: 'POST',
    path: '/people/{customerId}/forget',
    permission: 'keeping:manage',
    params: person,
    body: z.object({
      confirm: z.string().default('').describe('The identifier of the person, typed once more'),
      note,
    }),
    response: job,
    kind: 'job',
    summary: { es: 'Olvida a una persona, sin vuelta atrás', en: 'Forgets a person, for good' },
    command: 'forget',
  }),
  reports: endpoint({
    id: 'keeping.reports',
    method: 'GET',
    path: '/keeping/forgotten',
    permission: 'keeping:manage',
    response: z.object({ reports: z.array(forgetReport) }),
    summary: {
      es: 'Qué se hizo con cada persona olvidada',
      en: 'What was done for each person forgotten',
    },
    command: 'forgotten',
  }),
  hold: endpoint({
    id: 'keeping.hold',
    method: 'POST',
    path: '/people/{customerId}/hold',
    permission: 'keeping:manage',
    params: person,
    body: z.object({ reason: z.string().min(1).max(300) }),
    response: hold,
    summary: {
      es: 'Retiene por ley los datos de una persona',
      en: 'Puts a person’s data under legal hold',
    },
    command: 'hold',
  }),
  release: endpoint({
    id: 'keeping.release',
    method: 'DELETE',
    path: '/people/{customerId}/hold',
    permission: 'keeping:manage',
    params: person,
    response: hold,
    summary: { es: 'Levanta una retención legal', en: 'Releases a legal hold' },
    command: 'release',
  }),
  holds: endpoint({
    id: 'keeping.holds',
    method: 'GET',
    path: '/keeping/holds',
    permission: 'keeping:manage',
    response: z.object({ holds: z.array(hold) }),
    summary: { es: 'Retenciones legales', en: 'Legal holds' },
    command: 'holds',
  }),
  retention: endpoint({
    id: 'keeping.retention',
    method: 'GET',
    path: '/keeping/retention',
    permission: 'portfolio:read',
    response: z.object({ rules: z.array(retentionRule) }),
    summary: { es: 'Cuánto se guarda cada tabla', en: 'How long each table is kept' },
    command: 'retention',
  }),
  setRetention: endpoint({
    id: 'keeping.setRetention',
    method: 'PUT',
    path: '/keeping/retention/{table}',
    permission: 'keeping:manage',
    params: z.object({ table: z.string() }),
    body: z.object({
      days: z.coerce.number().int().min(0).max(36_500).describe('0 keeps rows for ever'),
      column: z.string().optional().describe('Date the days are counted from; default: the one shown'),
    }),
    response: retentionRule,
    summary: { es: 'Fija cuánto se guarda una tabla', en: 'Sets how long a table is kept' },
    command: 'retention set',
  }),
  overAge: endpoint({
    id: 'keeping.overAge',
    method: 'GET',
    path: '/keeping/retention/over-age',
    permission: 'portfolio:read',
    response: z.object({ lines: z.array(retentionLine) }),
    summary: { es: 'Qué filas pasan de su plazo', en: 'Which rows are over age' },
    command: 'retention preview',
  }),
  retain: endpoint({
    id: 'keeping.retain',
    method: 'POST',
    path: '/keeping/retention/run',
    permission: 'keeping:manage',
    response: job,
    kind: 'job',
    summary: { es: 'Borra lo que pasa de su plazo', en: 'Deletes what is over age' },
    command: 'retention run',
  }),
};
