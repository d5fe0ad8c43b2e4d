import type { Dialect } from '../sql/dialects/dialect.ts';
import { all, any, ident, join, list, literal, raw, type Sql, sql } from '../sql/sql.ts';
import type { Column, ColumnType, Table } from './column.ts';
import { readValue } from './map/read-value.ts';
import type { ColumnRecipe, ReadRecipe, SourceOptions, TableRecipe } from './recipe.ts';

/** A source opened for reading: its columns as the file names them, and `source_row`, counted from 1. */
export interface RawRelation {
  relation: Sql;
  /** Type of each column; null for one that has no canonical counterpart and is read as text. */
  columns: ReadonlyMap<string, ColumnType | null>;
  /** Whether the source itself says what each value is: then text is taken exactly as it is. */
  typed: boolean;
}

export interface MapRequest {
  dialect: Dialect;
  table: Table;
  recipe: TableRecipe;
  options: SourceOptions;
  raw: RawRelation;
  /** Rows of the files read before this one, so that `source_row` stays unique within a load. */
  rowsBefore?: number;
}

export interface MappedTable {
  /** SELECT of the canonical columns, `source_row` (unique in the load), `file_row` and `is_good`. */
  rows: Sql;
  /** SELECT of file_row, column_name, value and reason: one row for each broken rule. */
  rejects: Sql;
}

interface Field {
  name: string;
  column: Column;
  /** The value as text, to be quoted; null for a constant of the recipe. */
  text: Sql | null;
  value: Sql;
  /** Reason when there is text but no value. */
  reason: Sql;
  /** Whether every text has a value, as plain text has. */
  always?: boolean;
}

/** The names a recipe reads, and those among them that the source does not have. */
export function missingColumns(recipe: TableRecipe, columns: Iterable<string>): string[] {
  const present = new Set(columns);
  const members = recipe.unpivot ?? [{ columns: {}, values: {} }];
  const wanted = members.flatMap((member) =>
    Object.values(recipe.columns)
      .flatMap(namesRead)
      .filter((name) => !Object.hasOwn(member.values, name))
      .map((name) => member.columns[name] ?? name),
  );
  return [...new Set(wanted)].filter((name) => !present.has(name));
}

const namesRead = (recipe: ColumnRecipe): string[] => {
  if ('from' in recipe) return [recipe.from];
  if ('join' in recipe) return recipe.join.flatMap((part) => ('from' in part ? [part.from] : []));
  return [];
};

/** Required canonical columns that a recipe feeds from nowhere. */
export const unfedColumns = (table: Table, recipe: TableRecipe): string[] =>
  Object.entries(table.columns)
    .filter(([name, column]) => column.required && !column.defaultTo && !Object.hasOwn(recipe.columns, name))
    .map(([name]) => name);

/** Columns a recipe feeds that the canonical table does not have. */
export const strangeColumns = (table: Table, recipe: TableRecipe): string[] =>
  Object.keys(recipe.columns).filter((name) => !Object.hasOwn(table.columns, name));

/** A recipe for a file whose columns are already named as the canonical ones; other columns are left out. */
export function canonicalRecipe(table: Table, columns: Iterable<string>): TableRecipe {
  const present = [...columns].filter((name) => Object.hasOwn(table.columns, name));
  return {
    table: table.name,
    columns: Object.fromEntries(present.map((name) => [name, { from: name, otherwise: 'reject' as const }])),
    keep: [],
    repeats: 'reject',
  };
}

/**
 * Turns a recipe into statements over a raw relation. Values are read once, in an inner SELECT that holds each
 * canonical column and, as `text of <column>`, what the source wrote; the rules are judged over that.
 */
export function mapTable(request: MapRequest): MappedTable {
  const members = request.recipe.unpivot ?? [{ columns: {}, values: {} }];
  const selects = members.map((member, i) => readMember(request, member, i, members.length));
  const read = join(
    selects.map((select) => select.statement),
    ' UNION ALL ',
  );
  const fields = selects[0]?.fields ?? [];
  const kept = sql`SELECT * FROM (${read}) AS r WHERE ${keepCondition(request)}`;
  const columns = Object.entries(request.table.columns).map(([name, column]) =>
    column.defaultTo
      ? sql`coalesce(${ident(name)}, ${request.dialect.cast(ident(column.defaultTo), column.type)}) AS ${ident(name)}`
      : ident(name),
  );
  const bad = any(fields.flatMap((field) => checks(field).map((check) => check.condition)));
  return {
    rows: sql`SELECT ${join(columns)}, source_row, file_row, NOT coalesce(${bad}, false) AS is_good FROM (${kept}) AS k`,
    rejects: rejectStatement(fields, kept),
  };
}

type Member = { columns: Record<string, string>; values: Record<string, string> };

function readMember(request: MapRequest, member: Member, index: number, count: number) {
  const { table, recipe } = request;
  const fields = Object.entries(recipe.columns).map(([name, columnRecipe]) => {
    const column = table.columns[name];
    if (!column) throw new Error(`${table.name} has no column ${name}`);
    return readField(request, name, column, columnRecipe, member);
  });
  const read = new Map(fields.map((field) => [field.name, field]));
  const columns = Object.entries(table.columns).map(([name, column]) => {
    const field = read.get(name);
    const value = field ? field.value : request.dialect.cast(raw('NULL'), column.type);
    return sql`${value} AS ${ident(name)}`;
  });
  const texts = fields.flatMap((field) =>
    field.text
      ? [sql`${field.text} AS ${textName(field.name)}`, sql`${field.reason} AS ${reasonName(field.name)}`]
      : [],
  );
  const position = raw(`((source_row - 1 + ${request.rowsBefore ?? 0}) * ${count} + ${index + 1})`);
  const statement = sql`SELECT ${join([...columns, ...texts])}, ${position} AS source_row, source_row AS file_row FROM ${request.raw.relation}`;
  return { statement, fields };
}

const textName = (column: string): Sql => ident(`text of ${column}`);
const reasonName = (column: string): Sql => ident(`reason of ${column}`);

function readField(
  request: MapRequest,
  name: string,
  column: Column,
  recipe: ColumnRecipe,
  member: Member,
): Field {
  const { dialect, options } = request;
  const plain = { decimal: '.', dates: 'iso' } as const;
  if ('constant' in recipe) {
    const value = dialect.cast(literal(String(recipe.constant)), column.type);
    return { name, column, text: null, value, reason: raw('NULL') };
  }
  if ('join' in recipe) {
    const parts = recipe.join.map((part) =>
      'text' in part ? literal(part.text) : sourceText(request, part.from, member),
    );
    const text = dialect.concat(...parts);
    return {
      name,
      column,
      text,
      always: column.type === 'text',
      ...readValue(dialect, column.type, text, plain),
    };
  }
  const source = member.columns[recipe.from] ?? recipe.from;
  const exact = !Object.hasOwn(member.values, recipe.from) && request.raw.columns.get(source) === column.type;
  const asIs = recipe.codes === undefined && recipe.factor === undefined && recipe.offset === undefined;
  if (exact && asIs && request.raw.typed) {
    const value = exactValue(column.type, ident(source));
    return {
      name,
      column,
      text: column.type === 'text' ? value : dialect.cast(ident(source), 'text'),
      value,
      reason: literal('reject_not_a_number'),
      always: column.type !== 'double',
    };
  }
  const written = sourceText(request, recipe.from, member);
  if (recipe.codes) {
    const coded = readValue(dialect, column.type, codeText(recipe, written), plain);
    const known = sql`${written} IN ${list(Object.keys(recipe.codes))}`;
    const allowsNull = Object.entries(recipe.codes).filter(([, meaning]) => meaning === null);
    const text = allowsNull.length
      ? sql`CASE WHEN ${written} NOT IN ${list(allowsNull.map(([code]) => code))} THEN ${written} END`
      : written;
    return {
      name,
      column,
      text: recipe.otherwise === 'empty' ? sql`CASE WHEN ${known} THEN ${text} END` : text,
      value: coded.value,
      reason: sql`CASE WHEN ${known} OR ${raw(String(recipe.otherwise === 'keep'))} THEN ${coded.reason} ELSE 'reject_code_unknown' END`,
    };
  }
  const style = {
    decimal: options.decimal,
    dates: recipe.dates ?? options.dates,
    factor: recipe.factor,
    offset: recipe.offset,
  };
  const fromFile = !Object.hasOwn(member.values, recipe.from) && request.raw.columns.get(source) === 'text';
  return {
    name,
    column,
    text: written,
    always: column.type === 'text',
    ...readValue(dialect, column.type, written, fromFile ? style : { ...style, ...plain }),
  };
}

function exactValue(type: ColumnType, value: Sql): Sql {
  if (type === 'text') return sql`nullif(${value}, '')`;
  return type === 'double' ? sql`CASE WHEN ${value} - ${value} = 0 THEN ${value} END` : value;
}

/** What the source wrote, without spaces around it; NULL where it wrote nothing, or a word that means nothing. */
function sourceText(request: MapRequest, name: string, member: Member): Sql {
  if (Object.hasOwn(member.values, name)) return literal(member.values[name] ?? '');
  const column = member.columns[name] ?? name;
  const type = request.raw.columns.get(column);
  const text = type === 'text' ? ident(column) : request.dialect.cast(ident(column), 'text');
  const trimmed = sql`nullif(trim(${text}), '')`;
  const empty = request.options.empty;
  return empty.length ? sql`CASE WHEN ${trimmed} NOT IN ${list(empty)} THEN ${trimmed} END` : trimmed;
}

function codeText(recipe: ReadRecipe, written: Sql): Sql {
  const cases = Object.entries(recipe.codes ?? {}).map(([code, meaning]) =>
    meaning === null
      ? sql`WHEN ${literal(code)} THEN NULL`
      : sql`WHEN ${literal(code)} THEN ${literal(String(meaning))}`,
  );
  const otherwise = recipe.otherwise === 'keep' ? written : raw('NULL');
  return sql`CASE ${written} ${join(cases, ' ')} ELSE ${otherwise} END`;
}

function keepCondition(request: MapRequest): Sql {
  const { dialect, recipe } = request;
  return all(
    recipe.keep.map((rule) => {
      const value = ident(rule.column);
      const unread = sql`(${value} IS NULL AND ${textName(rule.column)} IS NOT NULL)`;
      const holds = all([
        ...(rule.above === undefined ? [] : [sql`${value} > ${exactText(rule.above)}`]),
        ...(rule.in === undefined ? [] : [sql`${dialect.cast(value, 'text')} IN ${list(rule.in)}`]),
      ]);
      return sql`${unread} OR coalesce(${holds}, false)`;
    }),
  );
}

const exactText = (value: number): Sql => raw(value < 0 ? `(${value})` : String(value));

/** The rules a canonical column carries, in the order they are judged: the first broken one is the reason. */
function checks(field: Field): { condition: Sql; reason: Sql }[] {
  const { column, name } = field;
  if (!field.text) return [];
  const value = ident(name);
  const text = textName(name);
  const found: { condition: Sql; reason: Sql }[] = [];
  if (!field.always)
    found.push({
      condition: sql`${value} IS NULL AND ${text} IS NOT NULL`,
      reason: reasonName(name),
    });
  if (column.required)
    found.push({
      condition: sql`${value} IS NULL AND ${text} IS NULL`,
      reason: literal(name === 'currency' ? 'reject_no_currency' : 'reject_missing'),
    });
  if (column.values)
    found.push({
      condition: sql`${value} NOT IN ${list(column.values)}`,
      reason: literal('reject_value_unknown'),
    });
  if (column.minimum !== undefined)
    found.push({
      condition: sql`${value} < ${exactText(column.minimum)}`,
      reason: literal('reject_below_minimum'),
    });
  return found;
}

function rejectStatement(fields: readonly Field[], kept: Sql): Sql {
  const judged = fields.flatMap((field) => {
    const rules = checks(field);
    if (rules.length === 0) return [];
    const cases = rules.map((rule) => sql`WHEN ${rule.condition} THEN ${rule.reason}`);
    return [
      sql`SELECT file_row, ${literal(field.name)} AS column_name, ${textName(field.name)} AS value, CASE ${join(cases, ' ')} END AS reason FROM bad`,
    ];
  });
  if (judged.length === 0)
    return sql`SELECT 0 AS file_row, '' AS column_name, '' AS value, '' AS reason WHERE false`;
  const anyBad = any(fields.flatMap((field) => checks(field).map((check) => check.condition)));
  return sql`WITH bad AS (SELECT * FROM (${kept}) AS k WHERE ${anyBad}) SELECT * FROM (${join(judged, ' UNION ALL ')}) AS j WHERE reason IS NOT NULL`;
}
