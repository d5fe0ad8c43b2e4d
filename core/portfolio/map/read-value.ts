import type { Dialect } from '../../sql/dialects/dialect.ts';
import { list, literal, raw, type Sql, sql } from '../../sql/sql.ts';
import type { ColumnType } from '../column.ts';
import type { DateStyle } from '../recipe.ts';

/** How text becomes a value of a type: the value, NULL when it cannot be read, and the reason code it then has. */
export interface ReadValue {
  value: Sql;
  reason: Sql;
}

export interface ValueStyle {
  decimal: '.' | ',';
  dates: DateStyle;
  factor?: number | undefined;
  offset?: number | undefined;
}

const yes = ['true', 't', 'yes', 'y', '1', 'si', 'sí', 's', 'verdadero', 'v'];
const no = ['false', 'f', 'no', 'n', '0', 'falso'];

const numberShape = {
  '.': '[+-]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)?(\\.[0-9]*)?([eE][+-]?[0-9]+)?',
  ',': '[+-]?([0-9]+|[0-9]{1,3}(\\.[0-9]{3})+)?(,[0-9]*)?([eE][+-]?[0-9]+)?',
};
const clock = '([T ][0-9]{1,2}:[0-9]{2}.*)?';
const dateShape: Record<DateStyle, string> = {
  iso: `[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}${clock}`,
  dmy: `[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}${clock}`,
  mdy: `[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}${clock}`,
  compact: `[0-9]{8}${clock}`,
};
const dateFormat = { dmy: '%d-%m-%Y', mdy: '%m-%d-%Y', compact: '%Y%m%d' };

/** Plain digits with a point: no thousands marks, no decimal comma; NULL when the text is not a number. */
function plainNumber(dialect: Dialect, text: Sql, decimal: '.' | ','): Sql {
  const shaped = dialect.matches(text, numberShape[decimal]);
  const plain =
    decimal === ',' ? sql`replace(replace(${text}, '.', ''), ',', '.')` : sql`replace(${text}, ',', '')`;
  return sql`CASE WHEN ${shaped} THEN ${plain} END`;
}

const exactText = (value: number): Sql => raw(value < 0 ? `(${value})` : String(value));

function readNumber(
  dialect: Dialect,
  type: ColumnType,
  text: Sql,
  style: ValueStyle,
  quick?: Sql,
): ReadValue {
  const plain = plainNumber(dialect, text, style.decimal);
  const scaled = style.factor !== undefined || style.offset !== undefined;
  const number = scaled
    ? sql`(${dialect.safeExact(plain)} * ${exactText(style.factor ?? 1)} + ${exactText(style.offset ?? 0)})`
    : plain;
  const quickly = (slow: Sql): Sql =>
    quick && !scaled && style.decimal === '.'
      ? sql`coalesce(${dialect.plainNumber(quick, type)}, ${slow})`
      : slow;
  if (type === 'money' || type === 'double') {
    const value = quickly(dialect.safeCast(number, type));
    const reason = sql`CASE WHEN ${dialect.safeCast(plain, 'double')} IS NULL THEN 'reject_not_a_number' ELSE 'reject_number_too_large' END`;
    return { value, reason };
  }
  const float = dialect.safeCast(number, 'double');
  return {
    value: quickly(sql`CASE WHEN ${float} = floor(${float}) THEN ${dialect.safeCast(number, type)} END`),
    reason: sql`CASE WHEN ${float} IS NULL THEN 'reject_not_a_number' WHEN ${float} <> floor(${float}) THEN 'reject_not_whole' ELSE 'reject_number_too_large' END`,
  };
}

/** Days of a style, and days written year first whatever the style: nothing else can be meant by them. */
function readTime(dialect: Dialect, type: 'date' | 'timestamp', text: Sql, style: DateStyle): ReadValue {
  const iso = dialect.matches(text, dateShape.iso);
  const fromIso =
    type === 'date' ? dialect.safeCast(sql`substr(${text}, 1, 10)`, 'date') : dialect.parseInstant(text);
  const why = (shaped: Sql) =>
    sql`CASE WHEN ${shaped} THEN 'reject_no_such_date' ELSE 'reject_not_a_date' END`;
  if (style === 'iso') return { value: sql`CASE WHEN ${iso} THEN ${fromIso} END`, reason: why(iso) };
  const shaped = dialect.matches(text, dateShape[style]);
  const day = dateFormat[style];
  const dashed = sql`replace(replace(replace(${text}, '/', '-'), '.', '-'), 'T', ' ')`;
  const parsed = dialect.parseTime(dashed, [day, `${day} %H:%M`, `${day} %H:%M:%S`]);
  return {
    value: sql`CASE WHEN ${shaped} THEN ${dialect.safeCast(parsed, type)} WHEN ${iso} THEN ${fromIso} END`,
    reason: why(sql`${shaped} OR ${iso}`),
  };
}

/**
 * Reads trimmed, non-blank text as a canonical type. Money keeps two places, halves away from zero; an instant
 * without an offset is UTC; a date with a time of day keeps the date. `quick` is the same text before it was trimmed:
 * most numbers are read from it in one go.
 */
export function readValue(
  dialect: Dialect,
  type: ColumnType,
  text: Sql,
  style: ValueStyle,
  quick?: Sql,
): ReadValue {
  switch (type) {
    case 'text':
    case 'texts':
      return { value: text, reason: literal('reject_not_readable') };
    case 'date':
    case 'timestamp':
      return readTime(dialect, type, text, style.dates);
    case 'boolean': {
      const word = sql`lower(${text})`;
      return {
        value: sql`CASE WHEN ${word} IN ${list(yes)} THEN true WHEN ${word} IN ${list(no)} THEN false END`,
        reason: literal('reject_not_yes_or_no'),
      };
    }
    default:
      return readNumber(dialect, type, text, style, quick);
  }
}
