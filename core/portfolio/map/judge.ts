import type { Dialect } from '../../sql/dialects/dialect.ts';
import { any, ident, join, list, literal, raw, type Sql, sql } from '../../sql/sql.ts';
import type { Field } from './field.ts';

export const exactText = (value: number): Sql => raw(value < 0 ? `(${value})` : String(value));

interface Rule {
  condition: Sql;
  reason: Sql;
}

/** The rules a canonical column carries, in the order they are judged: the first broken one is the reason. */
function rulesOf({ name, column, said, reason, always, source }: Field): Rule[] {
  if (!source) return [];
  const value = ident(name);
  const rules: Rule[] = [];
  if (!always) rules.push({ condition: sql`${value} IS NULL AND ${said} IS NOT NULL`, reason });
  if (column.required) {
    const code = name === 'currency' ? 'reject_no_currency' : 'reject_missing';
    rules.push({ condition: sql`${value} IS NULL`, reason: literal(code) });
  }
  return [...rules, ...limitsOf({ name, column })];
}

function limitsOf({ name, column }: Pick<Field, 'name' | 'column'>): Rule[] {
  const value = ident(name);
  const rules: Rule[] = [];
  if (column.values)
    rules.push({
      condition: sql`${value} NOT IN ${list(column.values)}`,
      reason: literal('reject_value_unknown'),
    });
  if (column.minimum !== undefined)
    rules.push({
      condition: sql`${value} < ${exactText(column.minimum)}`,
      reason: literal('reject_below_minimum'),
    });
  return rules;
}

/** Whether a row breaks any rule; cheap for good rows, since what was written is only looked at without a value. */
export function isBad(fields: readonly Field[]): Sql {
  return any(
    fields
      .filter((field) => rulesOf(field).length > 0)
      .map((field) => {
        const limits = limitsOf(field).map((rule) => rule.condition);
        const unread = field.column.required
          ? raw('true')
          : field.always
            ? raw('false')
            : sql`${field.said} IS NOT NULL`;
        return sql`CASE WHEN ${ident(field.name)} IS NULL THEN ${unread} ELSE ${limits.length ? any(limits) : raw('false')} END`;
      }),
  );
}

/** One row for each broken rule of the rows of a relation: file_row, column_name, value, reason. */
export function rejectRows(dialect: Dialect, fields: readonly Field[], rows: Sql): Sql {
  const judged = fields
    .map((field) => ({ field, rules: rulesOf(field) }))
    .filter(({ rules }) => rules.length > 0)
    .map(({ field, rules }) => {
      const cases = rules.map((rule) => sql`WHEN ${rule.condition} THEN ${rule.reason}`);
      return sql`SELECT file_row, ${literal(field.name)} AS column_name, ${dialect.cast(field.said, 'text')} AS value, CASE ${join(cases, ' ')} END AS reason FROM bad`;
    });
  if (judged.length === 0)
    return sql`SELECT 0 AS file_row, '' AS column_name, '' AS value, '' AS reason WHERE false`;
  return sql`WITH bad AS (SELECT * FROM (${rows}) AS k WHERE ${isBad(fields)}) SELECT * FROM (${join(judged, ' UNION ALL ')}) AS j WHERE reason IS NOT NULL`;
}
