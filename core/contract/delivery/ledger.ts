import { z } from 'zod';
import { carried, rowStates } from '../../delivery/answer.ts';
import { isoDate, isoInstant, paging, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

/** One thing that left, or was kept back, for one person. */
export const ledgerLine = z.object({
  exportId: z.string(),
  carries: z.enum(carried),
  customerId: z.string(),
  destination: z.string(),
  destinationName: textSchema,
  experiment: z.string().nullable(),
  arm: z.string().nullable(),
  touch: z.number().nullable(),
  channel: z.string().nullable(),
  template: z.string().nullable(),
  state: z.enum(rowStates),
  rule: z.string().nullable(),
  reason: z.string().nullable(),
  key: z.string(),
  callId: z.string().nullable(),
  at: isoInstant,
  by: z.string(),
  approvedBy: z.string().nullable(),
});
export type LedgerLine = z.output<typeof ledgerLine>;

export const recallLine = z.object({
  id: z.string(),
  exportId: z.string(),
  customerId: z.string(),
  destination: z.string(),
  destinationName: textSchema,
  reason: z.string(),
  detectedAt: isoInstant,
  /** pending: about to be sent; sent: the receiver took it in; late: the message had gone out; unneeded: the message never left; impossible: nothing there can be called back. */
  state: z.enum(['pending', 'sending', 'sent', 'late', 'failed', 'unneeded', 'impossible']),
  sentAt: isoInstant.nullable(),
  detail: z.string().nullable(),
});
export type RecallLine = z.output<typeof recallLine>;

const filter = z.object({
  customerId: z.string().optional(),
  destination: z.string().optional(),
  carries: z.enum(carried).optional(),
  state: z.enum(rowStates).optional(),
  since: isoDate.optional(),
  until: isoDate.optional(),
});

export const ledger = {
  list: endpoint({
    id: 'ledger.list',
    method: 'GET',
    path: '/ledger',
    permission: 'export:read',
    query: paging.extend(filter.shape),
    response: z.object({ total: z.number(), rows: z.array(ledgerLine) }),
    summary: {
      es: 'Todo lo que salió, persona por persona',
      en: 'Everything that ever left, person by person',
    },
    command: 'ledger',
  }),
  download: endpoint({
    id: 'ledger.download',
    method: 'GET',
    path: '/ledger/file',
    permission: 'export:read',
    query: filter,
    response: z.string().describe('CSV of the lines'),
    kind: 'stream',
    summary: { es: 'Baja el registro', en: 'Downloads the ledger' },
  }),
  recalls: endpoint({
    id: 'ledger.recalls',
    method: 'GET',
    path: '/recalls',
    permission: 'export:read',
    query: paging.extend({ state: recallLine.shape.state.optional(), exportId: z.string().optional() }),
    response: z.object({ total: z.number(), rows: z.array(recallLine) }),
    summary: { es: 'Mensajes llamados de vuelta', en: 'Messages called back' },
    command: 'recalls',
  }),
};
