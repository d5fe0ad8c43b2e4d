export type SqlValue = string | number | bigint | boolean | null;

/** A piece of SQL: text with `?` where each value is bound, in order. */
export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

const isSql = (part: unknown): part is Sql => typeof part === 'object' && part !== null && 'text' in part;

/** Builds SQL from a template: nested `Sql` is spliced in, anything else is bound as a value. */
export function sql(strings: TemplateStringsArray, ...parts: (Sql | SqlValue)[]): Sql {
  const values: SqlValue[] = [];
  let text = strings[0] ?? '';
  parts.forEach((part, i) => {
    if (isSql(part)) {
      text += part.text;
      values.push(...part.values);
    } else {
      text += '?';
      values.push(part);
    }
    text += strings[i + 1] ?? '';
  });
  return { text, values };
}

/** Text used as it is. Only for text written in this repository, never for what a person typed. */
export const raw = (text: string): Sql => ({ text, values: [] });

/** A quoted identifier; `schema.table` is quoted part by part. */
export const ident = (...names: string[]): Sql =>
  raw(names.map((name) => `"${name.replaceAll('"', '""')}"`).join('.'));

export function join(parts: readonly Sql[], separator = ', '): Sql {
  return {
    text: parts.map((part) => part.text).join(separator),
    values: parts.flatMap((part) => [...part.values]),
  };
}

/** All of the conditions, or `true` when there are none. */
export const all = (conditions: readonly Sql[]): Sql =>
  conditions.length
    ? join(
        conditions.map((c) => sql`(${c})`),
        ' AND ',
      )
    : raw('true');

/** Any of the conditions, or `false` when there are none. */
export const any = (conditions: readonly Sql[]): Sql =>
  conditions.length
    ? join(
        conditions.map((c) => sql`(${c})`),
        ' OR ',
      )
    : raw('false');

/** A list of bound values in parentheses; an empty list matches nothing. */
export const list = (values: readonly SqlValue[]): Sql =>
  values.length ? sql`(${join(values.map((value) => sql`${value}`))})` : raw('(NULL)');

/** A text literal written into the statement, for places where an engine binds no value (COPY, file readers). */
export const literal = (value: string): Sql => raw(`'${value.replaceAll("'", "''")}'`);
