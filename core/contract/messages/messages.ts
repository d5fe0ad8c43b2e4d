import { z } from 'zod';
import { claimMinimumN, claimMinimumShare, groupColumns } from '../../message/claim.ts';
import { channels } from '../../portfolio/tables/people.ts';
import { estimate, isoDate, isoInstant, sha256, textSchema } from '../common.ts';

const words = z.object({
  es: z.string().trim().min(1).max(6000).optional(),
  en: z.string().trim().min(1).max(6000).optional(),
});
export const channel = z.enum(channels, { error: ({ input }) => `unknown channel: "${input}"` });
export const person = z.string().trim().min(1).max(120);

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

export const templateId = z
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

export const statement = z.object({
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

export const channelCost = z.object({
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

export const kind = z.object({ id: z.string(), title: textSchema, summary: textSchema });

export const one = z.object({ style: z.string(), template: z.string() });
export const transfer = z.object({
  format: z.literal('ensayo-messages'),
  version: z.literal(1),
  templates: z
    .array(messageContent.extend({ id: templateId, author: person }))
    .min(1)
    .max(500),
});

export const previewRow = z.object({
  /** Hidden unless the reader may see who people are. */
  customer: z.string(),
  language: z.enum(['es', 'en']),
  text: z.string(),
  characters: z.number(),
  segments: z.number().nullable(),
  /** Left open: the receiving tool fills it. */
  open: z.array(z.string()),
});

export const messageLimits = { customers: claimMinimumN, share: claimMinimumShare };
