import { z } from 'zod';
import { isoDate } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';
import { qualityEntry, qualityReport, qualityRows } from './quality.ts';

const loadNumber = z.coerce.number().int().positive().optional();

const summary = z.object({
  accounts: z.number(),
  customers: z.number(),
  months: z.number(),
  firstSnapshot: isoDate.nullable(),
  lastSnapshot: isoDate.nullable(),
  simulated: z.boolean(),
  /** Never added together: one entry per currency. */
  currencies: z.array(
    z.object({
      currency: z.string(),
      accounts: z.number(),
      balance: z.string(),
      arrears: z.string().nullable(),
      /** Share of balance 90 days past due or more. */
      over90: z.number().nullable(),
    }),
  ),
  tables: z.array(z.object({ table: z.string(), rows: z.number() })),
});

export const portfolio = {
  summary: endpoint({
    id: 'portfolio.summary',
    method: 'GET',
    path: '/portfolio/summary',
    permission: 'portfolio:read',
    response: summary,
    summary: { es: 'La cartera en una frase', en: 'The portfolio in one sentence' },
    command: 'portfolio',
  }),
  profile: endpoint({
    id: 'portfolio.profile',
    method: 'POST',
    path: '/portfolio/profile',
    permission: 'portfolio:read',
    query: z.object({ load: loadNumber.describe('Only what this load brought; default: everything') }),
    response: job,
    kind: 'job',
    summary: { es: 'Revisa la calidad de los datos', en: 'Checks the quality of the data' },
    command: 'profile',
  }),
  quality: endpoint({
    id: 'portfolio.quality',
    method: 'GET',
    path: '/portfolio/quality',
    permission: 'portfolio:read',
    query: z.object({ load: loadNumber.describe('The report of this load; default: of everything') }),
    response: qualityReport,
    summary: { es: 'Último informe de calidad', en: 'Latest quality report' },
    command: 'quality',
  }),
  qualityHistory: endpoint({
    id: 'portfolio.qualityHistory',
    method: 'GET',
    path: '/portfolio/quality/history',
    permission: 'portfolio:read',
    query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
    response: z.object({ reports: z.array(qualityEntry) }),
    summary: { es: 'Veredictos de calidad, los últimos primero', en: 'Quality verdicts, newest first' },
    command: 'quality history',
  }),
  qualityRows: endpoint({
    id: 'portfolio.qualityRows',
    method: 'GET',
    path: '/portfolio/quality/rows',
    permission: 'portfolio:read',
    query: z.object({
      check: z.string(),
      table: z.string(),
      column: z.string().optional(),
      load: loadNumber,
      limit: z.coerce.number().int().min(1).max(20).default(20),
    }),
    response: qualityRows,
    summary: {
      es: 'Algunas filas que incumplen una revisión',
      en: 'Some of the rows that break a check',
    },
    command: 'quality rows',
  }),
};
