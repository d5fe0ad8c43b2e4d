import type { Dialect } from '../../sql/dialects/dialect.ts';
import { ident, join, list, literal, raw, type Sql, sql } from '../../sql/sql.ts';
import type { Column, ColumnType } from '../column.ts';
import type { ColumnRecipe, ReadRecipe, SourceOptions } from '../recipe.ts';
import { readValue, type ValueStyle } from './read-value.ts';

/** One row made from each row of the source: where aliases read from, and fixed values. */
export interface Member {
  columns: Record<string, string>;
  values: Record<string, string>;
}

/** A source opened for reading: its columns as the file names them, and `source_row`, counted from 1. */
export interface RawRelation {
  relation: Sql;
  /** Type of each column; null for one that has no canonical counterpart and is read as text. */
  columns: ReadonlyMap<string, ColumnType | null>;
  /** Whether the source itself says what each value is: then text is taken exactly as it is. */
  typed: boolean;
}

/** How one canonical column is fed. All but `source` speak of `textName(name)`, which `source` fills. */
export interface Field {
  name: string;
  column: Column;
  /** What the source holds, for one member; null for a constant of the recipe. */
  source: ((member: Member) => Sql) | null;
  /** The value; NULL where there is none or it cannot be read. */
  value: Sql;
  /** What was written, without spaces around it; NULL where nothing was. */
  said: Sql;
  /** Reason code when something was written and there is no value. */
  reason: Sql;
  /** Whether all that can be written has a value, as text has. */
  always: boolean;
  /** Whether an instant was written by a local clock, without its offset; undefined where none can be. */
  local?: Sql | undefined;
}

export interface FieldRequest {
  dialect: Dialect;
  options: SourceOptions;
  raw: RawRelation;
  members: readonly Member[];
}

export const textName = (column: string): Sql => ident(`text of ${column}`);

const plain: ValueStyle = { decimal: '.', dates: 'iso' };

export function makeField(request: FieldRequest, name: string, column: Column, recipe: ColumnRecipe): Field {
  const field = readField(request, name, column, recipe);
  return column.capitals ? { ...field, value: sql`upper(${field.value})` } : field;
}

function readField(request: FieldRequest, name: string, column: Column, recipe: ColumnRecipe): Field {
  if ('constant' in recipe) return constantField(request, name, column, recipe.constant);
  if ('join' in recipe) return joinedField(request, name, column, recipe.join);
  if (recipe.codes) return codedField(request, name, column, recipe);
  const isInstant = column.type === 'timestamp';
  const asIs = recipe.factor === undefined && recipe.offset === undefined;
  if (request.raw.typed && asIs && isExact(request, recipe.from, column.type))
    return { ...exactField(name, column, recipe.from), local: isInstant ? raw('true') : undefined };
  const said = writtenAs(request, name);
  const fromText = typesOf(request, recipe.from).every((type) => type === 'text');
  const style: ValueStyle = {
    ...(fromText ? request.options : plain),
    ...(recipe.dates ? { dates: recipe.dates } : {}),
    factor: recipe.factor,
    offset: recipe.offset,
  };
  const quick = request.options.empty.length === 0 ? textName(name) : undefined;
  return {
    name,
    column,
    source: (member) => writtenIn(request, recipe.from, member),
    said,
    always: column.type === 'text',
    // A time of day with no Z, + or - after it; a day alone is no time of day.
    local: isInstant ? request.dialect.matches(said, '[^:]*:[^Zz+-]*') : undefined,
    ...readValue(request.dialect, column.type, said, style, quick),
  };
}

function constantField({ dialect }: FieldRequest, name: string, column: Column, constant: unknown): Field {
  const value = dialect.cast(literal(String(constant)), column.type);
  return { name, column, source: null, value, said: raw('NULL'), reason: raw('NULL'), always: true };
}

type Parts = Extract<ColumnRecipe, { join: unknown }>['join'];

function joinedField(request: FieldRequest, name: string, column: Column, parts: Parts): Field {
  const said = textName(name);
  return {
    name,
    column,
    source: (member) =>
      request.dialect.concat(
        ...parts.map((part) =>
          'text' in part ? literal(part.text) : clean(request, writtenIn(request, part.from, member)),
        ),
      ),
    said,
    always: column.type === 'text',
    ...readValue(request.dialect, column.type, said, plain),
  };
}

function codedField(request: FieldRequest, name: string, column: Column, recipe: ReadRecipe): Field {
  const codes = Object.entries(recipe.codes ?? {});
  const written = writtenAs(request, name);
  const known = sql`${written} IN ${list(codes.map(([code]) => code))}`;
  const blank = codes.filter(([, meaning]) => meaning === null).map(([code]) => code);
  const counted = blank.length
    ? sql`CASE WHEN ${written} NOT IN ${list(blank)} THEN ${written} END`
    : written;
  const cases = codes
    .filter(([, meaning]) => meaning !== null)
    .map(([code, meaning]) => sql`WHEN ${literal(code)} THEN ${literal(String(meaning))}`);
  const otherwise = recipe.otherwise === 'keep' ? counted : raw('NULL');
  const meant = cases.length ? sql`CASE ${written} ${join(cases, ' ')} ELSE ${otherwise} END` : otherwise;
  const read = readValue(request.dialect, column.type, meant, plain);
  return {
    name,
    column,
    source: (member) => writtenIn(request, recipe.from, member),
    said: recipe.otherwise === 'empty' ? sql`CASE WHEN ${known} THEN ${counted} END` : counted,
    value: read.value,
    reason:
      recipe.otherwise === 'keep'
        ? read.reason
        : sql`CASE WHEN ${known} THEN ${read.reason} ELSE 'reject_code_unknown' END`,
    always: false,
  };
}

/** A column that already has the canonical type: nothing to read, and only a double can be no number. */
function exactField(name: string, column: Column, from: string): Field {
  const held = textName(name);
  const source = (member: Member) => ident(member.columns[from] ?? from);
  const said = column.type === 'text' ? sql`nullif(${held}, '')` : held;
  const value = column.type === 'double' ? sql`CASE WHEN ${held} - ${held} = 0 THEN ${held} END` : said;
  const always = column.type !== 'double';
  return { name, column, source, said, value, reason: literal('reject_not_a_number'), always };
}

const typesOf = ({ raw: source, members }: FieldRequest, from: string): (ColumnType | null)[] =>
  members.map((member) =>
    Object.hasOwn(member.values, from) ? null : (source.columns.get(member.columns[from] ?? from) ?? null),
  );

const isExact = (request: FieldRequest, from: string, type: ColumnType): boolean =>
  typesOf(request, from).every((found) => found === type);

/** The text of a source column, or the fixed value of the member. */
function writtenIn({ dialect, raw: source }: FieldRequest, from: string, member: Member): Sql {
  if (Object.hasOwn(member.values, from)) return literal(member.values[from] ?? '');
  const name = member.columns[from] ?? from;
  return source.columns.get(name) === 'text' ? ident(name) : dialect.cast(ident(name), 'text');
}

const writtenAs = (request: FieldRequest, name: string): Sql => clean(request, textName(name));

/** What a column of the source holds, as `clean` text. */
export const saidIn = (request: FieldRequest, column: Sql, type: ColumnType | null): Sql =>
  clean(request, type === 'text' ? column : request.dialect.cast(column, 'text'));

/** Text without spaces around it; NULL when blank, or a word that the source uses for nothing. */
function clean({ options }: FieldRequest, text: Sql): Sql {
  const trimmed = sql`nullif(trim(${text}), '')`;
  return options.empty.length
    ? sql`CASE WHEN ${trimmed} NOT IN ${list(options.empty)} THEN ${trimmed} END`
    : trimmed;
}
