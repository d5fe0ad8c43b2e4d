import { z } from 'zod';
import { decimal, isoDate, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';
import {
  channel,
  channelCost,
  judged,
  kind,
  message,
  messageContent,
  messageStyle,
  messageVersion,
  one,
  person,
  previewRow,
  statement,
  templateId,
  transfer,
} from './messages.ts';

export const messages = {
  list: endpoint({
    id: 'messages.list',
    method: 'GET',
    path: '/messages',
    permission: 'message:read',
    response: z.object({
      asOf: isoDate.nullable(),
      styles: z.array(messageStyle),
      messages: z.array(message),
      costs: z.array(channelCost),
      limits: z.object({ customers: z.number(), share: z.number() }),
    }),
    summary: { es: 'Qué decimos, y si se puede decir', en: 'What we say, and whether it may be said' },
    command: 'messages',
  }),
  kinds: endpoint({
    id: 'messages.kinds',
    method: 'GET',
    path: '/messages/kinds',
    permission: 'message:read',
    response: z.object({
      claims: z.array(
        kind.extend({
          population: textSchema,
          numerator: textSchema,
          by: z.array(z.string()),
          windowDays: z.number(),
        }),
      ),
      consequences: z.array(
        kind.extend({ cases: textSchema, carriedOut: textSchema, measured: z.boolean() }),
      ),
      placeholders: z.array(
        z.object({
          name: z.string(),
          type: z.string(),
          filledBy: z.string(),
          title: textSchema,
          example: z.string(),
          personal: z.boolean(),
        }),
      ),
    }),
    summary: {
      es: 'Afirmaciones, consecuencias y marcadores que un texto puede usar',
      en: 'Claims, consequences and placeholders a text may use',
    },
    command: 'message kinds',
  }),
  get: endpoint({
    id: 'messages.get',
    method: 'GET',
    path: '/messages/templates/{style}/{template}',
    permission: 'message:read',
    params: one,
    query: z.object({ version: z.coerce.number().int().min(1).optional() }),
    response: z.object({ message, style: messageStyle, versions: z.array(messageVersion) }),
    summary: { es: 'Una plantilla con lo que la respalda', en: 'One template with what backs it' },
    command: 'message show',
  }),
  judge: endpoint({
    id: 'messages.judge',
    method: 'POST',
    path: '/messages/judgement',
    permission: 'message:read',
    body: messageContent,
    response: judged,
    summary: {
      es: 'Revisa un texto sin guardarlo: palabras, cifras, consecuencia, largo y costo',
      en: 'Judges a text without saving it: words, figures, consequence, length and cost',
    },
    command: 'message lint',
  }),
  create: endpoint({
    id: 'messages.create',
    method: 'POST',
    path: '/messages/templates',
    permission: 'message:write',
    body: messageContent.extend({ id: templateId, author: person }),
    response: message,
    summary: { es: 'Escribe una plantilla nueva, como borrador', en: 'Writes a new template, as a draft' },
    command: 'message create',
  }),
  revise: endpoint({
    id: 'messages.revise',
    method: 'PUT',
    path: '/messages/templates/{style}/{template}',
    permission: 'message:write',
    params: one,
    body: messageContent.omit({ style: true }).extend({ author: person }),
    response: message,
    summary: {
      es: 'Escribe otra versión de una plantilla, como borrador',
      en: 'Writes another version of a template, as a draft',
    },
    command: 'message revise',
  }),
  approve: endpoint({
    id: 'messages.approve',
    method: 'POST',
    path: '/messages/templates/{style}/{template}/approval',
    permission: 'message:approve',
    params: one,
    body: z.object({
      version: z.coerce.number().int().min(1),
      name: person,
      note: z.string().trim().max(500).default(''),
    }),
    response: message,
    summary: {
      es: 'Aprueba una versión con nombre; no puede hacerlo quien la escribió',
      en: 'Approves a version by name; who wrote it may not',
    },
    command: 'message approve',
  }),
  retire: endpoint({
    id: 'messages.retire',
    method: 'POST',
    path: '/messages/templates/{style}/{template}/retirement',
    permission: 'message:approve',
    params: one,
    body: z.object({ name: person, note: z.string().trim().min(1).max(500) }),
    response: message,
    summary: { es: 'Retira una plantilla, con su motivo', en: 'Retires a template, with its reason' },
    command: 'message retire',
  }),
  preview: endpoint({
    id: 'messages.preview',
    method: 'POST',
    path: '/messages/preview',
    permission: 'message:read',
    body: messageContent.pick({ style: true, channel: true, subject: true, body: true, claim: true }).extend({
      limit: z.coerce.number().int().min(1).max(20).default(5),
    }),
    response: z.object({ asOf: isoDate, masked: z.boolean(), rows: z.array(previewRow) }),
    summary: {
      es: 'Cómo la leerían personas de la cartera',
      en: 'How people of the portfolio would read it',
    },
    command: 'message preview',
  }),
  compare: endpoint({
    id: 'messages.compare',
    method: 'POST',
    path: '/messages/comparison',
    permission: 'message:read',
    body: z.object({
      arms: z
        .array(z.object({ name: z.string(), style: z.string(), templates: z.array(z.string()).min(1) }))
        .min(2)
        .max(12),
    }),
    response: z.object({
      arms: z.array(
        z.object({
          name: z.string(),
          channels: z.array(z.string()),
          templates: z.number(),
          degree: z.number(),
          characters: z.object({ shortest: z.number(), longest: z.number() }),
          segments: z.object({ fewest: z.number(), most: z.number() }).nullable(),
        }),
      ),
      /** What differs beside the style: the comparison is named by it. */
      differences: z.array(z.object({ code: z.string(), text: textSchema })),
      /** Whether what is compared is the style or this text: two texts a style are needed. */
      about: z.enum(['style', 'text']),
    }),
    summary: { es: 'En qué se diferencian los textos de los brazos', en: 'What the texts of arms differ in' },
    command: 'message compare',
  }),
  state: endpoint({
    id: 'messages.state',
    method: 'POST',
    path: '/messages/consequences/{kind}/statements',
    permission: 'message:approve',
    params: z.object({ kind: z.string() }),
    body: z.object({
      country: z.string().regex(/^[A-Z]{2}$/, 'ISO 3166 country'),
      share: z.coerce.number().min(0).max(1).describe('Share of cases in which it was carried out'),
      evidence: z.string().trim().min(10).max(1000).describe('Where this can be checked'),
      name: person,
      validUntil: isoDate,
    }),
    response: statement,
    summary: {
      es: 'Declara con nombre y prueba en cuántos casos se cumple una consecuencia',
      en: 'States by name, with evidence, how often a consequence is carried out',
    },
    command: 'message state',
  }),
  cost: endpoint({
    id: 'messages.cost',
    method: 'PUT',
    path: '/messages/costs/{channel}',
    permission: 'message:write',
    params: z.object({ channel }),
    body: z.object({
      amount: decimal,
      currency: z.string().regex(/^[A-Z]{3}$/, 'ISO 4217 currency'),
      name: person,
    }),
    response: z.object({ costs: z.array(channelCost) }),
    summary: {
      es: 'Declara cuánto cuesta un mensaje de un canal',
      en: 'States what one message of a channel costs',
    },
    command: 'message cost',
  }),
  exported: endpoint({
    id: 'messages.exported',
    method: 'GET',
    path: '/messages/transfer',
    permission: 'message:read',
    response: transfer.extend({
      templates: z.array(messageContent.extend({ id: templateId, author: person })),
    }),
    summary: { es: 'Las plantillas propias, como JSON', en: 'The workspace’s own templates, as JSON' },
    command: 'message export',
  }),
  imported: endpoint({
    id: 'messages.imported',
    method: 'POST',
    path: '/messages/transfer',
    permission: 'message:write',
    body: transfer,
    response: z.object({
      created: z.array(z.string()),
      revised: z.array(z.string()),
      unchanged: z.array(z.string()),
    }),
    summary: {
      es: 'Trae plantillas como borradores; una igual no cambia nada',
      en: 'Brings templates in as drafts; an equal one changes nothing',
    },
    command: 'message import',
  }),
  recheck: endpoint({
    id: 'messages.recheck',
    method: 'POST',
    path: '/messages/check',
    permission: 'message:write',
    response: job,
    kind: 'job',
    summary: {
      es: 'Cuenta otra vez las cifras de los textos en uso; si una falla, pausa su experimento',
      en: 'Counts again the figures of texts in use; if one fails, its experiment is paused',
    },
    command: 'message check',
  }),
};
