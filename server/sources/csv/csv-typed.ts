import type { ColumnType } from '#core/portfolio/column.ts';
import type { DateStyle, SourceOptions } from '#core/portfolio/recipe.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Inspection } from '../source.ts';

/** How the engine's own reader reads a column. */
export interface Quick {
  /** The type it reads. */
  read: string;
  /** The type the value then has. */
  type: ColumnType;
  /** The value; an error where the mapping might read the text otherwise, which reads it again. */
  value(read: Sql): Sql;
}

const refused = sql`error('to be read as text')`;
const trimmed: Quick = { read: 'VARCHAR', type: 'text', value: (read) => sql`nullif(trim(${read}), '')` };
const asWritten: Quick = { read: 'VARCHAR', type: 'text', value: (read) => read };

/** The one form of each style in which the parser reads days; others are left to the mapping. */
export const dateFormats: Partial<Record<DateStyle, string>> = {
  iso: '%Y-%m-%d',
  dmy: '%d/%m/%Y',
  mdy: '%m/%d/%Y',
};

/**
 * The way to read a column that gives just what a mapping gives, at the speed of the engine's own parser. Whole
 * numbers go by way of doubles, since the parser would round 2.5; a day that the parser makes of a
 * word (epoch is 1900-01-01 to it) or of two digits is left to the mapping, and so is every number of a file where digits are joined by `_`.
 */
export function quickOf(type: ColumnType, options: SourceOptions, { found }: Inspection): Quick {
  const usual = [undefined, ',', ';', '\t', '|'].includes(options.delimiter);
  const asText = found.edgeSpaces === false && usual ? asWritten : trimmed;
  if (options.empty.length > 0) return asText;
  const numbers = options.decimal === '.' && found.joinedDigits === false;
  if (type === 'money' && numbers) return { read: 'DECIMAL(18,2)', type, value: (read) => read };
  if (type === 'double' && numbers)
    return {
      read: 'DOUBLE',
      type,
      value: (read) =>
        sql`CASE WHEN ${read} IS NULL OR ${read} - ${read} = 0 THEN ${read} ELSE ${refused} END`,
    };
  if (type === 'integer' && numbers)
    return {
      read: 'DOUBLE',
      type,
      value: (read) =>
        sql`CASE WHEN ${read} IS NULL OR (${read} = floor(${read}) AND abs(${read}) < 2147483648) THEN CAST(${read} AS INTEGER) ELSE ${refused} END`,
    };
  if (type === 'date' && dateFormats[options.dates])
    return {
      read: 'DATE',
      type,
      value: (read) =>
        sql`CASE WHEN ${read} IS NULL OR (${read} BETWEEN DATE '1000-01-01' AND DATE '9999-12-31' AND ${read} <> DATE '1900-01-01') THEN ${read} ELSE ${refused} END`,
    };
  if (type === 'boolean') return { read: 'BOOLEAN', type, value: (read) => read };
  return asText;
}
