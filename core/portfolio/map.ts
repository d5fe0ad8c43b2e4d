import type { Dialect } from '../sql/dialects/dialect.ts';
import { all, ident, join, list, raw, type Sql, sql } from '../sql/sql.ts';
import type { Table } from './column.ts';
import { type Field, type Member, makeField, type RawRelation, textName } from './map/field.ts';
import { exactText, isBad, rejectRows } from './map/judge.ts';
import { toUtc } from './map/local-time.ts';
import type { RowsRecipe, SourceOptions } from './recipe.ts';

export interface MapRequest {
  dialect: Dialect;
  table: Table;
  recipe: RowsRecipe;
  options: SourceOptions;
  raw: RawRelation;
  /** Which file of the load it is, from 0: `source_row` is unique in the load and tells the file apart. */
  file?: number;
}

export interface MappedTable {
  /** SELECT of the canonical columns, `source_row` (unique in the load), `file_row` and `is_good`. */
  rows: Sql;
  /** SELECT of file_row, column_name, value and reason: one row for each broken rule. */
  rejects: Sql;
}

/** Room for the rows of one file in `source_row`. */
export const rowsAFile = 100_000_000_000;

/**
 * Turns a recipe into statements over a raw relation, in three layers: what the source wrote for each canonical
 * column (`text of <column>`, once per member of an unpivot), the value each text has, and whether the row keeps
 * the rules of the dictionary. Rows left out by `keep` are in neither statement; what cannot be read is kept, so
 * that it is rejected in words.
 */
export function mapTable(request: MapRequest): MappedTable {
  const { dialect, table, recipe } = request;
  const members = recipe.unpivot ?? [{ columns: {}, values: {} }];
  const fields = Object.entries(recipe.columns).map(([name, columnRecipe]) => {
    const column = table.columns[name];
    if (!column) throw new Error(`${table.name} has no column ${name}`);
    return makeField({ ...request, members }, name, column, columnRecipe);
  });
  const written = join(
    members.map((member, i) => writtenRows(request, fields, member, i, members.length)),
    ' UNION ALL ',
  );
  const read = sql`SELECT ${join([...readColumns(request, fields), ...textColumns(fields)])}, source_row, file_row FROM (${written}) AS w`;
  const kept = recipe.keep.length
    ? sql`SELECT * FROM (${read}) AS r WHERE ${keepCondition(request, fields)}`
    : read;
  const columns = Object.entries(table.columns).map(([name, column]) => {
    const value = instantOf(request, fields, name);
    if (column.defaultTo)
      return sql`coalesce(${value}, ${dialect.cast(instantOf(request, fields, column.defaultTo), column.type)}) AS ${ident(name)}`;
    return value.text === ident(name).text ? value : sql`${value} AS ${ident(name)}`;
  });
  return {
    rows: sql`SELECT ${join(columns)}, source_row, file_row, NOT coalesce(${isBad(fields)}, false) AS is_good FROM (${kept}) AS k`,
    rejects: rejectRows(dialect, fields, kept),
  };
}

/** The value of a column; of a local clock, in a source that states its zone, the instant it stands for. */
function instantOf({ dialect, options }: MapRequest, fields: readonly Field[], name: string): Sql {
  const local = options.timeZone && fields.find((field) => field.name === name)?.local;
  if (!local || !options.timeZone) return ident(name);
  return sql`CASE WHEN ${local} THEN ${toUtc(dialect, ident(name), options.timeZone)} ELSE ${ident(name)} END`;
}

const textColumns = (fields: readonly Field[]): Sql[] =>
  fields.filter((field) => field.source).map((field) => textName(field.name));

function writtenRows(
  request: MapRequest,
  fields: readonly Field[],
  member: Member,
  index: number,
  count: number,
): Sql {
  const texts = fields.flatMap(({ name, source }) =>
    source ? [sql`${source(member)} AS ${textName(name)}`] : [],
  );
  const first = (request.file ?? 0) * rowsAFile;
  const position =
    count === 1 && first === 0
      ? raw('source_row')
      : raw(`(source_row - 1) * ${count} + ${first + index + 1}`);
  return sql`SELECT ${join([...texts, sql`${position} AS source_row`, raw('source_row AS file_row')])} FROM ${request.raw.relation}`;
}

function readColumns({ dialect, table }: MapRequest, fields: readonly Field[]): Sql[] {
  const values = new Map(fields.map((field) => [field.name, field.value]));
  return Object.entries(table.columns).map(
    ([name, column]) => sql`${values.get(name) ?? dialect.cast(raw('NULL'), column.type)} AS ${ident(name)}`,
  );
}

function keepCondition({ dialect, recipe }: MapRequest, fields: readonly Field[]): Sql {
  return all(
    recipe.keep.map((rule) => {
      const value = ident(rule.column);
      const said = fields.find((field) => field.name === rule.column)?.said ?? raw('NULL');
      const holds = all([
        ...(rule.above === undefined ? [] : [sql`${value} > ${exactText(rule.above)}`]),
        ...(rule.in === undefined ? [] : [sql`${dialect.cast(value, 'text')} IN ${list(rule.in)}`]),
      ]);
      return sql`CASE WHEN ${value} IS NULL THEN ${said} IS NOT NULL ELSE ${holds} END`;
    }),
  );
}
