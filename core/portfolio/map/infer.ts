import { all, ident, list, literal, raw, type Sql, sql } from '../../sql/sql.ts';
import type { ColumnType } from '../column.ts';
import type { DatasetColumns } from '../dataset.ts';
import { type FieldRequest, saidIn } from './field.ts';
import { readValue } from './read-value.ts';

const yesOrNo = ['true', 'false', 'yes', 'no', 'si', 'sí', 'verdadero', 'falso'];
/** From the narrowest: the first that reads every value is the type. */
const candidates = ['integer', 'bigint', 'double', 'date', 'timestamp', 'boolean'] as const;

/**
 * One row with the type of each column, named `type_0` and on: the narrowest that every written value has, text
 * where none has been written. Digits that begin with 0 are text, since the 0 would be lost. A column whose type the
 * source states keeps it.
 */
export function inferTypes(request: Omit<FieldRequest, 'members'>, columns: readonly string[]): Sql {
  const types = columns.map((name, i) => {
    const known = request.raw.columns.get(name) ?? null;
    const stated = request.raw.typed || (known !== null && known !== 'text') ? known : null;
    const type = stated === null ? typeOf(request, name) : literal(stated);
    return sql`${type} AS ${raw(`type_${i}`)}`;
  });
  return sql`SELECT ${types.reduce((before, one) => sql`${before}, ${one}`)} FROM ${request.raw.relation}`;
}

function typeOf(request: Omit<FieldRequest, 'members'>, name: string): Sql {
  const { dialect, options } = request;
  const said = saidIn({ ...request, members: [] }, ident(name), request.raw.columns.get(name) ?? null);
  const reads = (type: (typeof candidates)[number]): Sql => {
    if (type === 'boolean') return sql`lower(${said}) IN ${list(yesOrNo)}`;
    const value = sql`${readValue(dialect, type, said, options).value} IS NOT NULL`;
    if (type === 'date') return all([value, sql`length(${said}) <= 10`]);
    if (type === 'timestamp') return value;
    return all([value, sql`NOT ${dialect.matches(said, '[+-]?0[0-9].*')}`]);
  };
  const cases = candidates.map(
    (type) =>
      sql`WHEN count(CASE WHEN ${said} IS NOT NULL AND NOT coalesce(${reads(type)}, false) THEN 1 END) = 0 THEN ${literal(type)}`,
  );
  return sql`CASE WHEN count(${said}) = 0 THEN 'text' ${cases.reduce((a, b) => sql`${a} ${b}`)} ELSE 'text' END`;
}

const numeric = ['integer', 'bigint', 'double'];

/** The types that hold the columns of several files: the wider of two numbers, text for what differs otherwise. */
export function mergeColumns(files: readonly DatasetColumns[]): DatasetColumns {
  const merged: DatasetColumns = {};
  for (const columns of files)
    for (const [name, type] of Object.entries(columns)) merged[name] = wider(merged[name] ?? type, type);
  return merged;
}

function wider(a: ColumnType, b: ColumnType): ColumnType {
  if (a === b) return a;
  const [i, j] = [numeric.indexOf(a), numeric.indexOf(b)];
  return i >= 0 && j >= 0 ? (i > j ? a : b) : 'text';
}
