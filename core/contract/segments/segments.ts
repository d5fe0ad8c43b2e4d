import { z } from 'zod';
import { condition } from '../../segment/condition.ts';
import { isoDate, isoInstant, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

const amounts = z.array(z.object({ currency: z.string(), amount: z.string() }));

const size = z.object({
  customers: z.number(),
  accounts: z.number(),
  asOf: isoDate,
  /** Per currency, exact. */
  arrears: amounts,
  /** Not kept with segments saved by earlier versions. */
  balance: amounts.default([]),
  description: textSchema,
  sql: z.string(),
});

export const segment = z.object({
  id: z.string(),
  name: z.string(),
  condition,
  size,
  frozenAt: isoInstant.nullable(),
  createdAt: isoInstant,
  by: z.string(),
});
export type Segment = z.output<typeof segment>;

export const segmentColumn = z.object({
  name: z.string(),
  type: z.enum([
    'number',
    'money',
    'category',
    'score',
    'flag',
    'feature',
    'feature_category',
    'experiment',
    'style',
    'channel',
  ]),
  title: textSchema,
  /** The family of a feature. */
  family: textSchema.nullable(),
  /** Categories present in the data, for a list to choose from; arms of an experiment. */
  values: z.array(z.string()).nullable(),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
});

const body = z.object({ name: z.string().min(1).max(120), condition });

export const segments = {
  columns: endpoint({
    id: 'segments.columns',
    method: 'GET',
    path: '/segments/columns',
    permission: 'segment:read',
    response: z.object({ columns: z.array(segmentColumn) }),
    summary: { es: 'Con qué se puede segmentar', en: 'What a segment can be made of' },
    command: 'segment columns',
  }),
  preview: endpoint({
    id: 'segments.preview',
    method: 'POST',
    path: '/segments/preview',
    permission: 'segment:read',
    body: z.object({ condition }),
    response: size,
    summary: { es: 'Cuántos son, antes de guardar', en: 'How many they are, before saving' },
    command: 'segment preview',
  }),
  create: endpoint({
    id: 'segments.create',
    method: 'POST',
    path: '/segments',
    permission: 'segment:write',
    body,
    response: segment,
    summary: { es: 'Guarda un segmento', en: 'Saves a segment' },
    command: 'segment create',
  }),
  list: endpoint({
    id: 'segments.list',
    method: 'GET',
    path: '/segments',
    permission: 'segment:read',
    response: z.object({ segments: z.array(segment) }),
    summary: { es: 'Segmentos', en: 'Segments' },
    command: 'segments',
  }),
  get: endpoint({
    id: 'segments.get',
    method: 'GET',
    path: '/segments/{segmentId}',
    permission: 'segment:read',
    params: z.object({ segmentId: z.string() }),
    response: segment,
    summary: { es: 'Un segmento', en: 'One segment' },
    command: 'segment show',
  }),
};
