import { z } from 'zod';
import { field } from '#core/text/field.ts';
import type { Item } from '../destination.ts';

/**
 * What a tool is told of a message: everything of the assignment but the text, which the tool has itself under the name of the
 * mapping, and the hash of the plan.
 */
const told = [
  'experiment',
  'arm',
  'style',
  'touch',
  'channel',
  'language',
  'template',
  'send_not_before',
  'send_before',
  'send_not_before_local',
  'send_before_local',
  'time_zone',
  'propensity',
  'rule_set',
  'reason',
] as const;

type Value = string | number | boolean;

/** The assignment, by name; what is unknown of it is left out. */
export function assignmentOf({ key, values }: Item): Record<string, Value> {
  const known: Record<string, Value> = { message_key: key };
  for (const name of told) {
    const value = values[name];
    if (value !== undefined && value !== null) known[name] = value;
  }
  return known;
}

/** What the portfolio puts into the text, by placeholder. Empty where it is unreadable or unknown. */
export function variablesOf({ values }: Item): Record<string, string> {
  try {
    const parsed: unknown = JSON.parse(String(values.variables ?? '{}'));
    if (typeof parsed !== 'object' || parsed === null) return {};
    const texts: Record<string, string> = {};
    for (const [name, value] of Object.entries(parsed)) texts[name] = value === null ? '' : String(value);
    return texts;
  } catch {
    return {};
  }
}

/** Fields of a mapping for tools that send approved WhatsApp templates, whose variables have places instead of names. */
export const whatsappFields = {
  whatsappTemplate: z
    .string()
    .trim()
    .max(512)
    .regex(/^[a-z0-9_]*$/, 'must be small letters, digits and _')
    .optional()
    .meta(
      field('Plantilla de WhatsApp', 'WhatsApp template', {
        es: 'Su nombre, como fue aprobada. Vacío: no va por WhatsApp',
        en: 'Its name, as it was approved. Empty: not by WhatsApp',
      }),
    ),
  whatsappLanguage: z
    .string()
    .trim()
    .regex(/^[a-z]{2,3}(_[A-Z]{2})?$/, 'must be as es, es_MX or en_US')
    .optional()
    .meta(field('Idioma de la plantilla', 'Language of the template', { es: 'es, es_MX', en: 'en, en_US' })),
  whatsappVariables: z
    .array(z.string().trim().min(1).max(80))
    .max(30)
    .optional()
    .meta(
      field('Variables en su orden', 'Variables in their order', {
        es: 'El nombre de la primera es {{1}} de la plantilla, y así',
        en: 'The name of the first is {{1}} of the template, and so on',
      }),
    ),
};

/** The WhatsApp template of a message with the values for its places; empty where there is none. */
export function whatsappOf(item: Item): Record<string, string | string[]> {
  const { whatsappTemplate, whatsappLanguage, whatsappVariables } = item.mapping ?? {};
  if (!whatsappTemplate) return {};
  const variables = variablesOf(item);
  const names = Array.isArray(whatsappVariables) ? whatsappVariables.map(String) : [];
  return {
    whatsapp_template: String(whatsappTemplate),
    whatsapp_language: String(whatsappLanguage ?? item.values.language ?? ''),
    whatsapp_variables: names.map((name) => variables[name] ?? ''),
  };
}

/** What a recall says on the profile: which message must not go any more, and why. */
export const recallOf = ({ key, values }: Item): Record<string, string> => ({
  recalled: String(values.message_key ?? key),
  recall_reason: String(values.reason ?? ''),
});

/** Names with what the house puts before its own, so that nothing of the tool's is overwritten. */
export const prefixed = <T>(prefix: string, values: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}${name}`, value]));

/** The attributes of a person with the house's prefix; of somebody who leaves, all of them empty. */
export const attributesOf = <E>(
  item: Item,
  prefix: string,
  empty: E,
): Record<string, string | number | boolean | E> =>
  Object.fromEntries(
    Object.entries(item.values).map(([name, value]) => [
      `${prefix}${name}`,
      item.operation === 'remove' || value === null ? empty : value,
    ]),
  );

export const prefixField = z
  .string()
  .trim()
  .max(40)
  .regex(/^[a-z][a-z0-9_]*$/, 'must be small letters, digits and _')
  .default('ensayo_')
  .meta(
    field('Prefijo', 'Prefix', {
      es: 'Va delante de cada nombre, para no pisar los de la herramienta',
      en: 'Goes before each name, so that none of the tool’s own is overwritten',
    }),
  );
