import { z } from 'zod';
import { isoDate, isoInstant, textSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { job } from './jobs.ts';

export const lineSteps = [
  'load',
  'profile',
  'train',
  'score',
  'segment',
  'design',
  'assign',
  'check',
  'export',
] as const;
export type LineStep = (typeof lineSteps)[number];

const stepState = z.object({
  name: z.enum(lineSteps),
  /** blocked: an earlier step is missing; ready: can be done now; stale: data changed since. */
  state: z.enum(['blocked', 'ready', 'running', 'done', 'stale']),
  doneAt: isoInstant.nullable(),
  /** Figures that say what was done, worded by the page: {accounts: 120000, auc: 0.78}. */
  facts: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  /** The record this step last made, to link to. */
  recordId: z.string().nullable(),
});

const plugIn = z.object({
  id: z.string(),
  title: textSchema,
  summary: textSchema,
  /** JSON Schema of its parameters: draws its form. */
  parameters: z.unknown(),
});

export const system = {
  health: endpoint({
    id: 'system.health',
    method: 'GET',
    path: '/health',
    permission: null,
    response: z.object({ ok: z.literal(true), version: z.string() }),
    summary: { es: 'El servidor responde', en: 'The server answers' },
    command: 'health',
  }),
  openapi: endpoint({
    id: 'system.openapi',
    method: 'GET',
    path: '/openapi.json',
    permission: null,
    response: z.looseObject({ openapi: z.string() }),
    summary: { es: 'Esta interfaz, como OpenAPI 3.1', en: 'This interface, as OpenAPI 3.1' },
    command: 'openapi',
  }),
  catalogue: endpoint({
    id: 'system.catalogue',
    method: 'GET',
    path: '/catalogue',
    permission: 'job:read',
    response: z.object({
      sources: z.array(plugIn),
      recipes: z.array(plugIn),
      features: z.array(plugIn),
      models: z.array(plugIn),
      learners: z.array(plugIn),
      styles: z.array(plugIn),
      rules: z.array(
        plugIn.extend({ name: textSchema.describe('The rule; its title is why somebody is kept back') }),
      ),
      jurisdictions: z.array(plugIn),
      destinations: z.array(plugIn),
      statistics: z.array(plugIn),
      metrics: z.array(plugIn.extend({ unit: z.enum(['share', 'money', 'count', 'days']) })),
    }),
    summary: { es: 'Lo que esta instalación sabe hacer', en: 'What this installation can do' },
    command: 'catalogue',
  }),
  line: endpoint({
    id: 'system.line',
    method: 'GET',
    path: '/line',
    permission: 'portfolio:read',
    response: z.object({
      steps: z.array(stepState),
      /** Step to do next, null when the line has run to its end. */
      next: z.enum(lineSteps).nullable(),
      workspace: z.object({
        simulated: z.boolean(),
        /** The workspace's own date: the simulated clock, or today. */
        today: isoDate,
        dataVersion: z.string().nullable(),
      }),
      interrupted: z.array(job).describe('Jobs that a stop of the server cut off'),
    }),
    summary: { es: 'En qué paso está cada cosa', en: 'Where each step of the line stands' },
    command: 'status',
  }),
  dataset: endpoint({
    id: 'system.dataset',
    method: 'GET',
    path: '/datasets/{name}',
    permission: 'portfolio:read',
    params: z.object({
      name: z.string().describe('A canonical table, scores, assignments or export_rows; see /datasets'),
    }),
    query: z.object({ format: z.enum(['arrow', 'csv', 'json']).default('arrow') }),
    response: z.string().describe('The rows as an Arrow IPC stream, CSV or NDJSON; personal columns masked'),
    summary: {
      es: 'Una tabla entera, como Arrow, CSV o NDJSON',
      en: 'A whole table, as Arrow, CSV or NDJSON',
    },
    kind: 'stream',
    command: 'dataset',
  }),
  datasets: endpoint({
    id: 'system.datasets',
    method: 'GET',
    path: '/datasets',
    permission: 'portfolio:read',
    response: z.object({
      datasets: z.array(
        z.object({
          name: z.string(),
          rows: z.number(),
          columns: z.array(
            z.object({
              name: z.string(),
              type: z.string(),
              about: textSchema.nullable(),
              late: z.boolean().optional().describe('Known only after what it would foretell: a leak'),
            }),
          ),
          unit: z
            .string()
            .nullable()
            .optional()
            .describe('Of a dataset loaded beside the portfolio: the column of its unit, null for the row'),
        }),
      ),
    }),
    summary: { es: 'Tablas que se pueden bajar', en: 'Tables that can be downloaded' },
    command: 'datasets',
  }),
  simulate: endpoint({
    id: 'system.simulate',
    method: 'POST',
    path: '/simulate',
    permission: 'simulate:run',
    body: z.object({
      days: z.coerce.number().int().min(1).max(400),
      run: z
        .boolean()
        .default(false)
        .describe('Runs the experiments under way each day and exports what is due, to files'),
    }),
    response: job,
    kind: 'job',
    summary: {
      es: 'Adelanta el reloj de una cartera simulada',
      en: 'Moves the clock of a simulated portfolio on',
    },
    command: 'simulate',
  }),
};
