import { literal, type Sql, type SqlValue } from './sql.ts';

const shown = (value: SqlValue | undefined): string => {
  if (value === null || value === undefined) return 'NULL';
  return typeof value === 'string' ? literal(value).text : String(value);
};

/** A statement with its values written in, for a person to read or copy. What is run is always bound. */
export function showSql(statement: Sql): string {
  let next = 0;
  const pieces = statement.text.split(/('(?:[^']|'')*'|"(?:[^"]|"")*")/);
  return pieces
    .map((piece, i) => (i % 2 ? piece : piece.replaceAll('?', () => shown(statement.values[next++]))))
    .join('')
    .trim();
}
