import { z } from 'zod';
import { claimMinimumN, claimMinimumShare, groupColumns } from '../message/claim.ts';
import { channels } from '../portfolio/tables/people.ts';
import { decimal, estimate, isoDate, isoInstant, sha256, textSchema } from './common.ts';
import { endpoint } from './endpoint.ts';
import { job } from './jobs.ts';

const words = z.object({
  es: z.string().trim().min(1).max(6000).optional(),
  en: z.string().trim().min(1).max(6000).optional(),
});
const channel = z.enum(channels, { error: ({ input }) => `unknown channel: "${input}"` });
const person = z.string().trim().min(1).max(120);

/** The saved query behind a number in a text. */
export const claimBinding = z.object({
  kind: z.string().describe('A kind of claim of the catalogue'),
  windowDays: z.coerce.number().int().min(0).max(730).optional(),
  scope: z
    .object(Object.fromEntries(groupColumns.map((name) => [name, z.string().nullable().optional()])))
    .optional(),
  validUntil: isoDate.nullable().optional(),
});

/** What a person writes: one message of a style in one channel. */
export const messageContent = z.object({
  style: z.string(),
  channel,
  subject: words.default({}),
  body: words,
  claim: claimBinding.nullable().default(null),
  consequence: z.string().nullable().default(null),
});
export type MessageContent = z.output<typeof messageContent>;

const templateId = z
  .string()
  .regex(/^[a-z][a-z0-9_]{1,39}$/, 'lower case letters, digits and _')
  .describe('Its name among all templates of the workspace');

export const messageClaim = z.object({
  kind: z.string(),
  title: textSchema,
  population: textSchema,
  numerator: textSchema,
  /** The largest share the text itself writes; null: it leaves the number open. */
  written: z.number().nullable(),
  /** The tenths the text may name. */
  claimed: z.number(),
  share: estimate,
  n: z.number(),
  events: z.number(),
  /** Where it is weakest. */
  group: z.object({
    country: z.string().nullable(),
    product: z.string().nullable(),
    bucket: z.string().nullable(),
  }),
  holds: z.boolean(),
  reason: textSchema.nullable(),
  /** The true tenths, where they may be said: the lower end is 60 % or more. Null: use the neutral style. */
  offered: z.number().nullable(),
  asOf: isoDate.nullable(),
  validUntil: isoDate.nullable(),
  stale: z.boolean(),
  windowDays: z.number(),
  sql: z.string(),
});
export type MessageClaim = z.output<typeof messageClaim>;

const statement = z.object({
  country: z.string(),
  share: z.number(),
  evidence: z.string(),
  name: z.string(),
  statedOn: isoDate,
  validUntil: isoDate,
});

export const messageConsequence = z.object({
  kind: z.string(),
  title: textSchema,
  cases: textSchema,
  carriedOut: textSchema,
  holds: z.boolean(),
  countries: z.array(
    z.object({
      country: z.string().nullable(),
      lawful: z
        .object({ lawful: z.boolean(), source: z.string(), status: z.string(), note: textSchema })
        .nullable(),
      n: z.number(),
      events: z.number(),
      share: estimate,
      statement: statement.nullable(),
      holds: z.boolean(),
      reason: textSchema.nullable(),
    }),
  ),
  sql: z.string().nullable(),
});
export type MessageConsequence = z.output<typeof messageConsequence>;

export const messageFinding = z.object({
  rule: z.string(),
  found: z.string().nullable(),
  from: z.number().nullable(),
  to: z.number().nullable(),
  text: textSchema,
  fix: textSchema,
});
export type MessageFinding = z.output<typeof messageFinding>;

export const messageText = z.object({
  language: z.enum(['es', 'en']),
  subject: z.string().nullable(),
  body: z.string(),
  findings: z.array(messageFinding),
  /** Shares the text states about people, with where they stand. */
  stated: z.array(z.object({ share: z.number().nullable(), from: z.number(), to: z.number() })),
  /** Characters once filled in with values of ordinary length. */
  characters: z.number(),
  sms: z.object({ encoding: z.enum(['gsm7', 'ucs2']), units: z.number(), segments: z.number() }).nullable(),
  /** Of one message; null where nothing says what the channel costs. */
  cost: z.object({ amount: z.string(), currency: z.string() }).nullable(),
});
export type MessageText = z.output<typeof messageText>;

/** Whether a text may be sent, and why not. */
export const judged = z.object({
  status: z.enum(['usable', 'blocked']),
  reasons: z.array(z.object({ code: z.string(), text: textSchema })),
  /** Facts of the person or the debt that it names, 0 to 3. */
  degree: z.number(),
  placeholders: z.array(z.string()),
  texts: z.array(messageText),
  claim: messageClaim.nullable(),
  consequence: messageConsequence.nullable(),
});
export type Judged = z.output<typeof judged>;

export const messageStates = ['shipped', 'draft', 'approved', 'retired'] as const;

export const message = judged.extend({
  style: z.string(),
  id: z.string(),
  channel,
  owner: z.enum(['shipped', 'workspace']),
  state: z.enum(messageStates),
  version: z.number().nullable(),
  hash: sha256,
  author: z.string().nullable(),
  approval: z.object({ name: z.string(), note: z.string(), at: isoInstant }).nullable(),
  binding: z.object({ claim: claimBinding.nullable(), consequence: z.string().nullable() }),
});
export type Message = z.output<typeof message>;

export const messageVersion = z.object({
  version: z.number(),
  state: z.enum(['draft', 'approved', 'retired']),
  content: messageContent,
  hash: sha256,
  degree: z.number(),
  author: z.string(),
  createdAt: isoInstant,
  by: z.string(),
  history: z.array(
    z.object({ state: z.string(), at: isoInstant, by: z.string(), name: z.string(), note: z.string() }),
  ),
});
export type MessageVersion = z.output<typeof messageVersion>;

const channelCost = z.object({
  channel,
  /** Of one message or of one SMS segment, per currency. */
  amount: z.string(),
  currency: z.string(),
  /** Contacts it was measured on; 0: stated. */
  n: z.number(),
  statedBy: z.string().nullable(),
});
export type ChannelCost = z.output<typeof channelCost>;

export const messageStyle = z.object({
  id: z.string(),
  title: textSchema,
  summary: textSchema,
  claims: textSchema,
  evidence: z.array(z.object({ finding: textSchema, source: z.string(), limit: textSchema })),
  avoid: z.array(textSchema),
  needs: z.enum(['claim', 'consequence']).nullable(),
});
export type MessageStyleAnswer = z.output<typeof messageStyle>;

const kind = z.object({ id: z.string(), title: textSchema, summary: textSchema });

const one = z.object({ style: z.string(), template: z.string() });
const transfer = z.object({
  format: z.literal('ensayo-messages'),
  version: z.literal(1),
  templates: z
    .array(messageContent.extend({ id: templateId, author: person }))
    .min(1)
    .max(500),
});

const previewRow = z.object({
  /** Hidden unless the reader may see who people are. */
  customer: z.string(),
  language: z.enum(['es', 'en']),
  text: z.string(),
  characters: z.number(),
  segments: z.number().nullable(),
  /** Left open: the receiving tool fills it. */
  open: z.array(z.string()),
});

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

export const messageLimits = { customers: claimMinimumN, share: claimMinimumShare };
