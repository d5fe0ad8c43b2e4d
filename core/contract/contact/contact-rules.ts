import { z } from 'zod';
import { policySchema } from '../../contact/house/policy.ts';
import { isoDate, isoInstant, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { whatIf, whatIfQuestion } from './what-if.ts';

const count = z.number().int();

/** One rule of a rule set with its numbers in words, and how well it is sourced. */
export const ruleView = z.object({
  rule: z.string(),
  title: textSchema,
  limits: textSchema,
  status: z.string(),
  source: z.string(),
  note: textSchema.nullable(),
  /** The reading of the law it belongs to, where a person may choose another. */
  option: z.string().nullable(),
});
export type RuleView = z.output<typeof ruleView>;

const normView = z.object({
  kind: z.string(),
  code: z.string(),
  text: textSchema,
  source: z.string(),
  status: z.string(),
});

export const ruleSetView = z.object({
  id: z.string(),
  version: z.string(),
  title: textSchema,
  summary: textSchema,
  /** ISO country; EU; `*` for every place; null for the rules of places without any. */
  jurisdiction: z.string().nullable(),
  overlay: z.boolean(),
  effectiveFrom: isoDate,
  effectiveTo: isoDate.nullable(),
  inForce: z.boolean(),
  zones: z.array(z.string()),
  rules: z.array(ruleView),
  norms: z.array(normView),
  calendar: z
    .object({ status: z.string(), source: z.string(), blocks: z.boolean(), regions: z.array(z.string()) })
    .nullable(),
});
export type RuleSetView = z.output<typeof ruleSetView>;

const changed = { at: isoInstant, by: z.string(), name: z.string(), why: z.string() };

/** What each rule of the house changes beside the rules of one place. */
const placeEffects = z.object({
  ruleSet: z.string(),
  title: textSchema,
  effects: z.array(z.enum(['tightens', 'none'])),
});

export const policyVersionView = z.object({
  ...changed,
  version: count,
  effectiveFrom: isoDate,
  effectiveTo: isoDate.nullable(),
  state: z.enum(['ended', 'inForce', 'toCome', 'replaced']),
  policy: policySchema,
  rules: z.array(ruleView),
});
export type PolicyVersionView = z.output<typeof policyVersionView>;

const optionView = z.object({
  ruleSet: z.string(),
  option: z.string(),
  on: z.boolean(),
  rule: ruleView,
  changes: z.array(z.object({ ...changed, on: z.boolean(), effectiveFrom: isoDate })),
});

const acceptanceView = z.object({
  ...changed,
  id: z.string(),
  rules: z.array(z.string()),
  batchId: z.string().nullable(),
});

export const calendarDayView = z.object({
  date: isoDate,
  name: textSchema,
  region: z.string().nullable(),
  added: z.boolean(),
});

const answers = {
  name: z.string().trim().min(1).max(120).describe('Who answers for the change'),
  why: z.string().trim().min(1).max(500),
};

export const contactRules = {
  get: endpoint({
    id: 'contactRules.get',
    method: 'GET',
    path: '/contact-rules',
    permission: 'export:read',
    response: z.object({
      today: isoDate,
      ruleSets: z.array(ruleSetView),
      policies: z.array(policyVersionView),
      options: z.array(optionView),
      acceptances: z.array(acceptanceView),
      /** Rules that apply and whose source nobody has verified, as an acceptance names them, and who accepted each. */
      unverified: z.array(
        z.object({ name: z.string(), title: textSchema, acceptedBy: z.string().nullable() }),
      ),
    }),
    summary: {
      es: 'Todas las reglas de contacto, con fuente y versión',
      en: 'Every contact rule, with source and version',
    },
    command: 'rules',
  }),
  setPolicy: endpoint({
    id: 'contactRules.setPolicy',
    method: 'POST',
    path: '/contact-rules/policies',
    permission: 'rules:write',
    body: z.object({
      policy: policySchema,
      effectiveFrom: isoDate,
      effectiveTo: isoDate.nullable().default(null),
      ...answers,
    }),
    response: policyVersionView,
    summary: {
      es: 'Pone una versión nueva de las reglas de la casa',
      en: 'Puts in a new version of the house’s rules',
    },
    command: 'rules set',
  }),
  effects: endpoint({
    id: 'contactRules.effects',
    method: 'POST',
    path: '/contact-rules/policies/effects',
    permission: 'export:read',
    body: z.object({ policy: policySchema }),
    response: z.object({ rules: z.array(ruleView), places: z.array(placeEffects) }),
    summary: {
      es: 'Dónde unas reglas de la casa serían más estrictas que la ley',
      en: 'Where rules of the house would be stricter than the law',
    },
    command: 'rules effects',
  }),
  calendar: endpoint({
    id: 'contactRules.calendar',
    method: 'GET',
    path: '/contact-rules/calendar',
    permission: 'export:read',
    query: z.object({
      region: z.string().min(2).describe('Country or region: CO, ES-MD'),
      year: z.coerce.number().int().min(2020).max(2035),
    }),
    response: z.object({
      region: z.string(),
      country: z.string(),
      regions: z.array(z.string()),
      blocks: z.boolean(),
      status: z.string(),
      source: z.string(),
      days: z.array(calendarDayView),
      changes: z.array(
        z.object({
          ...changed,
          region: z.string(),
          date: isoDate,
          action: z.enum(['add', 'remove']),
          title: z.string().nullable(),
        }),
      ),
    }),
    summary: { es: 'Los festivos de un país o región', en: 'The holidays of a country or region' },
    command: 'rules calendar',
  }),
  setDay: endpoint({
    id: 'contactRules.setDay',
    method: 'POST',
    path: '/contact-rules/calendar',
    permission: 'rules:write',
    body: z.object({
      region: z.string().min(2).max(8),
      date: isoDate,
      action: z.enum(['add', 'remove']),
      title: z.string().trim().min(1).max(120).nullable().default(null),
      ...answers,
    }),
    response: z.object({ id: z.string() }),
    summary: { es: 'Añade o quita un festivo', en: 'Adds or removes a holiday' },
    command: 'rules day',
  }),
  setOption: endpoint({
    id: 'contactRules.setOption',
    method: 'POST',
    path: '/contact-rules/options',
    permission: 'rules:write',
    body: z.object({
      ruleSet: z.string(),
      option: z.string(),
      on: z.boolean().describe('Whether the strict reading holds'),
      effectiveFrom: isoDate,
      ...answers,
    }),
    response: z.object({ id: z.string() }),
    summary: { es: 'Elige una lectura de la ley', en: 'Chooses a reading of the law' },
    command: 'rules option',
  }),
  accept: endpoint({
    id: 'contactRules.accept',
    method: 'POST',
    path: '/contact-rules/acceptances',
    permission: 'rules:write',
    body: z.object({
      rules: z.array(z.string()).min(1).describe('As named: "MX-CONDUSEF v1 permission"'),
      ...answers,
    }),
    response: z.object({ id: z.string() }),
    summary: {
      es: 'Acepta reglas sin verificar, con nombre',
      en: 'Accepts unverified rules, by name',
    },
    command: 'rules accept',
  }),
  whatIf: endpoint({
    id: 'contactRules.whatIf',
    method: 'POST',
    path: '/contact-rules/what-if',
    permission: 'export:read',
    body: whatIfQuestion,
    response: whatIf,
    summary: {
      es: 'Qué dirían las reglas de un envío: cuántos pasan, quién queda fuera y cuándo se puede',
      en: 'What the rules would say of a send: how many pass, who is held back and when it can be',
    },
    command: 'rules what-if',
  }),
};
