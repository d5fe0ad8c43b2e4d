import { z } from 'zod';
import { isoDate, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

const value = z.union([z.string(), z.number(), z.null()]);

export const kpiFilter = z.object({
  country: z.string().optional().describe('ISO 3166 country of the holder'),
  product: z.string().optional(),
  currency: z.string().optional().describe('ISO 4217'),
  bucket: z
    .string()
    .optional()
    .describe('Of days past due: on the date of the figure, or where its way begins'),
  segment: z.string().optional().describe('Id of a segment'),
  since: isoDate.optional().describe('First date looked at'),
  until: isoDate.optional().describe('Last date looked at; the figure is as of the last snapshot by then'),
  quote: z.string().optional().describe('Currency to turn every amount into, by the loaded rate table'),
});

const column = z.object({
  name: z.string(),
  title: textSchema,
  unit: z.enum(['code', 'month', 'date', 'count', 'share', 'money', 'ratio', 'days', 'per_thousand']),
});

const missing = z.object({ table: z.string(), column: z.string().nullable(), advice: textSchema });

export const kpis = {
  list: endpoint({
    id: 'kpis.list',
    method: 'GET',
    path: '/kpis',
    permission: 'portfolio:read',
    response: z.object({
      kpis: z.array(
        z.object({
          id: z.string(),
          title: textSchema,
          summary: textSchema,
          definition: textSchema,
          columns: z.array(column),
          parameters: z.unknown().describe('JSON Schema'),
          /** Empty where the loaded data suffice. */
          missing: z.array(missing),
        }),
      ),
    }),
    summary: { es: 'Indicadores de la cartera', en: 'Key figures of the portfolio' },
    command: 'kpis',
  }),
  choices: endpoint({
    id: 'kpis.choices',
    method: 'GET',
    path: '/kpi-choices',
    permission: 'portfolio:read',
    response: z.object({
      countries: z.array(z.string()),
      products: z.array(z.string()),
      currencies: z.array(z.string()),
      buckets: z.array(z.string()),
      segments: z.array(z.object({ id: z.string(), name: z.string() })),
      /** The last snapshot date of each month, oldest first. */
      dates: z.array(isoDate),
      /** Currencies that the loaded rate table can turn all amounts into. */
      quotes: z.array(z.string()),
    }),
    summary: { es: 'Por qué se puede filtrar', en: 'What can be filtered by' },
  }),
  get: endpoint({
    id: 'kpis.get',
    method: 'GET',
    path: '/kpis/{kpi}',
    permission: 'portfolio:read',
    params: z.object({ kpi: z.string() }),
    query: kpiFilter.catchall(z.string()).describe('The filter, and the parameters of the KPI'),
    response: z.object({
      id: z.string(),
      title: textSchema,
      definition: textSchema,
      population: textSchema,
      denominator: textSchema,
      asOf: isoDate.nullable(),
      n: z.number(),
      of: z.number().nullable(),
      dataVersion: z.string().nullable(),
      sql: z.string(),
      columns: z.array(column),
      rows: z.array(z.record(z.string(), value)),
      figures: z.record(z.string(), value),
      /** Not empty: there is no answer, and this is what to load. */
      missing: z.array(missing),
    }),
    summary: {
      es: 'Un indicador, con su población y su SQL',
      en: 'A key figure, with its population and its SQL',
    },
    command: 'kpi',
  }),
};
