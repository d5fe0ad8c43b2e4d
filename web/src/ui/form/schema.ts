import type { Text } from '#core/text/text.ts';

/** What the page reads of a JSON Schema made from a plug-in's zod parameters. */
export interface JsonSchema {
  type?: string | string[];
  title?: string | Text;
  description?: string | Text;
  enum?: unknown[];
  /** Names of the values of `enum`. */
  choices?: Record<string, Text>;
  const?: unknown;
  format?: string;
  /** Sealed by the server and never shown again. */
  secret?: boolean;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
}

export type FormField =
  | { kind: 'choice'; choices: string[] }
  | { kind: 'choices'; choices: string[] }
  | { kind: 'number'; whole: boolean; min: number | undefined; max: number | undefined }
  | { kind: 'flag' }
  | { kind: 'date' }
  | { kind: 'text' }
  | { kind: 'secret' }
  | { kind: 'list' };

export interface FormEntry {
  name: string;
  schema: JsonSchema;
  required: boolean;
  field: FormField;
}

/** The fields of a form, from the schema of an object; what the page cannot draw (nested objects) is left out. */
export function entriesOf(schema: unknown): FormEntry[] {
  const { properties = {}, required = [] } = (schema ?? {}) as JsonSchema;
  return Object.entries(properties).flatMap(([name, given]) => {
    const property = withoutNull(given);
    const field = fieldOf(property);
    const needed = required.includes(name) && property.default === undefined;
    return field ? [{ name, schema: { ...given, ...property }, required: needed, field }] : [];
  });
}

/** The values a form starts with. */
export const defaultsOf = (schema: unknown): Record<string, unknown> =>
  Object.fromEntries(
    entriesOf(schema).flatMap(({ name, schema: { default: value } }) =>
      value === undefined ? [] : [[name, value]],
    ),
  );

const withoutNull = (schema: JsonSchema): JsonSchema =>
  schema.anyOf?.find((option) => option.type !== 'null') ?? schema;

function fieldOf(schema: JsonSchema): FormField | null {
  const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type;
  if (schema.enum) return { kind: 'choice', choices: schema.enum.map(String) };
  if (type === 'integer' || type === 'number')
    return {
      kind: 'number',
      whole: type === 'integer',
      min: bounded(schema.minimum ?? schema.exclusiveMinimum),
      max: bounded(schema.maximum ?? schema.exclusiveMaximum),
    };
  if (type === 'boolean') return { kind: 'flag' };
  if (type === 'string' && schema.secret) return { kind: 'secret' };
  if (type === 'string') return { kind: schema.format === 'date' ? 'date' : 'text' };
  if (type === 'array' && schema.items?.enum)
    return { kind: 'choices', choices: schema.items.enum.map(String) };
  if (type === 'array' && schema.items && fieldOf(schema.items)) return { kind: 'list' };
  return null;
}

/** zod writes the ends of safe integers where there is no bound. */
const bounded = (limit: number | undefined): number | undefined =>
  limit === undefined || Math.abs(limit) >= Number.MAX_SAFE_INTEGER ? undefined : limit;
