import type { ForgetLine } from '#core/contract/portfolio/keeping.ts';
import {
  jsonWithoutPerson,
  patternOf,
  type Replacing,
  shortest,
  withoutPerson,
} from '#core/keeping/replace.ts';
import { any, ident, list, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { lineOf, treatedTables } from './erase.ts';
import type { Mark } from './marks.ts';

interface TextColumn {
  table_name: string;
  column_name: string;
  data_type: string;
}

/** Tables whose texts may hold whole lines of a source, so that a text with the person in it goes as a whole. */
const wholeTexts = new Set(['jobs', 'job_events', 'rejects', 'audit', 'events_inbox', 'loads']);

const alternatives = 400;
const chunked = <T>(items: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(items.length / alternatives) }, (_, i) =>
    items.slice(i * alternatives, (i + 1) * alternatives),
  );

const escaped = (text: string): string =>
  text.replace(/[^\p{L}\p{N} ]/gu, (sign) => `\\x{${sign.codePointAt(0)?.toString(16)}}`);

/** Rows of a column that may name the person: equal to a string, or holding one. */
export function mayName(column: Sql, values: readonly string[]): Sql {
  const long = values.filter((value) => value.length >= shortest);
  const short = values.filter((value) => value.length < shortest);
  const inside = [
    ...chunked(long).map((some) => some.map(escaped)),
    ...chunked(short).map((some) => some.map((value) => `"${escaped(value)}"`)),
  ];
  return any([
    ...chunked([...values]).map((some) => sql`${column} IN ${list(some)}`),
    ...inside
      .filter((some) => some.length > 0)
      .map((some) => sql`regexp_matches(${column}, ${some.join('|')})`),
  ]);
}

export const textColumns = (session: Session): Promise<TextColumn[]> =>
  session.rows<TextColumn>(sql`SELECT c.table_name, c.column_name, c.data_type FROM information_schema.columns c
    JOIN information_schema.tables t ON t.table_name = c.table_name AND t.table_schema = c.table_schema
    WHERE t.table_type = 'BASE TABLE' AND t.table_schema = 'main' AND (c.data_type IN ('VARCHAR', 'JSON') OR c.data_type LIKE '%VARCHAR%')
    ORDER BY c.table_name, c.column_name`);

function clean(text: string, given: Replacing): string {
  const first = text.trimStart()[0];
  if (first !== '{' && first !== '[') return withoutPerson(text, given);
  try {
    return JSON.stringify(jsonWithoutPerson(JSON.parse(text), given));
  } catch {
    return withoutPerson(text, given);
  }
}

async function scrubColumn(
  session: Session,
  { table_name, column_name, data_type }: TextColumn,
  values: readonly string[],
  given: Replacing,
): Promise<number> {
  const [table, column] = [ident(table_name), ident(column_name)];
  const text = data_type === 'VARCHAR' ? column : sql`CAST(${column} AS VARCHAR)`;
  const rows = await session.rows<{ place: number; held: string }>(
    sql`SELECT rowid AS place, ${text} AS held FROM ${table} WHERE ${mayName(text, values)} ORDER BY rowid`,
  );
  let changed = 0;
  for (const { place, held } of rows) {
    const cleaned = clean(held, given);
    if (cleaned === held) continue;
    await session.run(sql`UPDATE ${table} SET ${column} = ${cleaned} WHERE rowid = ${place}`);
    changed += 1;
  }
  return changed;
}

/** Rejected rows of the person lose every value, also those of other columns of the same row of the file. */
async function emptyRejects(session: Session, values: readonly string[]): Promise<number> {
  return session.run(sql`UPDATE rejects SET value = NULL WHERE value IS NOT NULL AND (load_id, file, row_number) IN (
    SELECT (load_id, file, row_number) FROM rejects WHERE ${mayName(sql`value`, values)})`);
}

/**
 * Goes through every text of every table not treated by name, tables of other versions and of whoever added one
 * included, and takes the person out of it: in rejects, jobs and their events, the audit, reports, queries.
 */
export async function scrubTexts(session: Session, marks: readonly Mark[]): Promise<ForgetLine[]> {
  const values = marks.map(({ value }) => value);
  const map = new Map(marks.map(({ value, replacement }) => [value, replacement]));
  const pattern = patternOf(values);
  const lines = new Map<string, number>([['rejects', await emptyRejects(session, values)]]);
  for (const column of await textColumns(session)) {
    const { table_name: table } = column;
    if (treatedTables.has(table)) continue;
    const around = wholeTexts.has(table) ? 'erase' : 'replace';
    const changed = await scrubColumn(session, column, values, { marks: map, pattern, around });
    lines.set(table, (lines.get(table) ?? 0) + changed);
  }
  return [...lines].filter(([, rows]) => rows > 0).map(([table, rows]) => lineOf(table, 'emptied', rows));
}
