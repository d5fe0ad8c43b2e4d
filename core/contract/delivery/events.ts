import { z } from 'zod';
import { eventKinds, mostEvents } from '../../events/kinds.ts';
import { channels } from '../../portfolio/tables/people.ts';
import { decimal, isoDate, isoInstant, paging } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';

/** One event as a sender writes it. A CloudEvent carries the same fields in `data`, its type ending in the kind. */
export const sentEvent = z.object({
  id: z.string().min(1).max(200).describe('The same on every retry: an event is counted once by it'),
  type: z.enum(eventKinds),
  time: isoInstant,
  messageKey: z.string().optional().describe('message_key of the exported row'),
  customerId: z.string().optional(),
  accountId: z.string().optional(),
  channel: z.enum(channels).optional().describe('opted_out without one: every channel'),
  amount: decimal.optional(),
  currency: z.string().optional().describe('ISO 4217'),
  dueOn: isoDate.optional(),
  reference: z.string().optional().describe('Own number of the payment, promise or complaint'),
  reversed: z.boolean().optional(),
  method: z.string().optional(),
  topic: z.string().optional(),
});
export type SentEvent = z.input<typeof sentEvent>;

export const eventReject = z.object({
  position: z.number().describe('Place in the batch or file, from 1'),
  id: z.string().nullable(),
  type: z.string().nullable(),
  field: z.string().nullable(),
  value: z.string().nullable(),
  reason: z.string().describe('Code of the error'),
});

export const taken = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  rejected: z.array(eventReject).describe('The first hundred'),
  rejectedTotal: z.number(),
});
export type Taken = z.output<typeof taken>;

export const sender = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: isoInstant,
  rotatedAt: isoInstant.nullable(),
  /** Until when the secret before this one is still accepted. */
  earlierUntil: isoInstant.nullable(),
  retiredAt: isoInstant.nullable(),
  by: z.string(),
  lastEventAt: isoInstant.nullable(),
  events: z.number(),
  rejected: z.number(),
});
export type Sender = z.output<typeof sender>;

const senderName = z.string().trim().min(1).max(60);
const withSecret = z.object({ sender, secret: z.string().describe('whsec_…; shown this once') });
const params = z.object({ senderId: z.string() });

export const eventSummary = z.object({
  total: z.number(),
  days: z.array(z.object({ day: isoDate, kind: z.enum(eventKinds), events: z.number() })),
  /** From when an event happened to when it was stored, of the newest 10,000; nothing where the workspace has a date of its own. */
  lag: z.object({
    medianSeconds: z.number().nullable(),
    p95Seconds: z.number().nullable(),
    events: z.number(),
  }),
  rejects: z.array(z.object({ reason: z.string(), events: z.number() })),
  recalls: z.array(z.object({ reason: z.string(), state: z.string(), people: z.number() })),
  lastReceivedAt: isoInstant.nullable(),
});
export type EventSummary = z.output<typeof eventSummary>;

export const storedEvent = z.object({
  id: z.string(),
  sender: z.string(),
  kind: z.enum(eventKinds),
  happenedAt: isoInstant,
  receivedAt: isoInstant,
  customerId: z.string(),
  accountId: z.string().nullable(),
  messageKey: z.string().nullable(),
  channel: z.string().nullable(),
  amount: decimal.nullable(),
});

export const events = {
  receive: endpoint({
    id: 'events.receive',
    method: 'POST',
    path: '/events',
    permission: null,
    query: z.object({
      sender: senderName.optional().describe('Name of the sender; else every secret is tried'),
    }),
    response: taken,
    kind: 'upload',
    summary: {
      es: `Recibe un lote firmado (Standard Webhooks 1.0) de hasta ${mostEvents} eventos`,
      en: `Takes a signed batch (Standard Webhooks 1.0) of up to ${mostEvents} events`,
    },
  }),
  list: endpoint({
    id: 'events.list',
    method: 'GET',
    path: '/events',
    permission: 'event:read',
    query: paging.extend({ kind: z.enum(eventKinds).optional(), customerId: z.string().optional() }),
    response: z.object({ total: z.number(), events: z.array(storedEvent) }),
    summary: { es: 'Lo que ha vuelto, lo último primero', en: 'What came back, newest first' },
    command: 'events list',
  }),
  summary: endpoint({
    id: 'events.summary',
    method: 'GET',
    path: '/events/summary',
    permission: 'event:read',
    query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    response: eventSummary,
    summary: {
      es: 'Lo que ha vuelto, por clase y día, con su demora',
      en: 'What came back by kind and day, and how late',
    },
    command: 'events',
  }),
  load: endpoint({
    id: 'events.load',
    method: 'POST',
    path: '/events/files',
    permission: 'event:manage',
    body: z.object({
      file: z.string().min(1).describe('CSV, NDJSON or Parquet: a path, or the name of an upload'),
      sender: senderName.describe('The sender whose events these are'),
    }),
    response: job,
    kind: 'job',
    summary: { es: 'Carga un archivo de eventos', en: 'Loads a file of events' },
    command: 'events load',
    argument: 'file',
  }),
  rejects: endpoint({
    id: 'events.rejects',
    method: 'GET',
    path: '/events/rejects',
    permission: 'event:read',
    query: paging.extend({
      format: z.enum(['json', 'csv']).default('json').describe('csv: all of them, as a file'),
    }),
    response: z.object({
      total: z.number(),
      rejects: z.array(eventReject.extend({ sender: z.string(), receivedAt: isoInstant })),
    }),
    summary: { es: 'Eventos que no se aceptaron y por qué', en: 'Events not taken and why' },
    command: 'events rejects',
  }),
  senders: endpoint({
    id: 'events.senders',
    method: 'GET',
    path: '/events/senders',
    permission: 'event:read',
    response: z.object({ senders: z.array(sender) }),
    summary: { es: 'Quién puede enviar eventos', en: 'Who may send events' },
    command: 'events senders',
  }),
  addSender: endpoint({
    id: 'events.addSender',
    method: 'POST',
    path: '/events/senders',
    permission: 'event:manage',
    body: z.object({ name: senderName }),
    response: withSecret,
    summary: {
      es: 'Da de alta un remitente y muestra su secreto una vez',
      en: 'Adds a sender and shows its secret once',
    },
    command: 'events sender add',
    argument: 'name',
  }),
  rotateSecret: endpoint({
    id: 'events.rotateSecret',
    method: 'POST',
    path: '/events/senders/{senderId}/secret',
    permission: 'event:manage',
    params,
    response: withSecret,
    summary: {
      es: 'Cambia el secreto de un remitente; el anterior vale 24 horas más',
      en: 'Changes the secret of a sender; the one before holds 24 more hours',
    },
    command: 'events sender rotate',
  }),
  retireSender: endpoint({
    id: 'events.retireSender',
    method: 'DELETE',
    path: '/events/senders/{senderId}',
    permission: 'event:manage',
    params,
    response: sender,
    summary: { es: 'Retira un remitente; sus eventos se quedan', en: 'Retires a sender; its events stay' },
    command: 'events sender retire',
  }),
};
