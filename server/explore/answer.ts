import { pageRows } from '#core/contract/query.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { literal } from '#core/sql/sql.ts';
import { arrowStream } from '../engine/arrow-stream.ts';
import { csvLines, jsonLines, rowsOf, type Value } from '../engine/rows-as-text.ts';
import { type Opened, type Parameters, readFailure, type SandboxSession } from '../engine/sandbox.ts';
import { judge } from './judge.ts';

export const formats = ['page', 'arrow', 'parquet', 'csv', 'json'] as const;
export type QueryFormat = (typeof formats)[number];

/** What a query process is asked. */
export interface QueryCall {
  sql: string;
  parameters: Parameters;
  format: QueryFormat;
  /** Written into a page as it is. */
  snapshot: unknown;
  /** File that a Parquet answer is written to. */
  out: string;
  /** Said when memory or disk do not suffice. */
  memoryLimit: string;
}

/** EXPLAIN stands first, with no comment before it, so that what it explains can be judged as it will be parsed. */
const explain = /^[ \t\r\n]*explain[ \t\r\n]+(?:analyze[ \t\r\n]+)?/i;

/** Line and column, from 1, of a byte of the text; 0 where it is not known. */
function placeIn(sql: string, position: number | null): { line: number; column: number } {
  if (position === null) return { line: 0, column: 0 };
  const before = Buffer.from(sql).subarray(0, position).toString('utf8').split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** The engine's failure as one of ours, at its place in the text. */
function failureOf(error: unknown, { sql, memoryLimit }: QueryCall): DomainError {
  if (error instanceof DomainError) return error;
  const { message, kind, position, suggestion } = readFailure(error);
  if (kind === 'Out of Memory') return new DomainError('query_too_much_memory', { limit: memoryLimit });
  const words = { message, suggestion: suggestion ?? 'none', ...placeIn(sql, position) };
  return new DomainError('query_failed', words);
}

/** Nothing is bound, and so nothing is touched, before this has looked at the whole of it. */
async function openJudged(
  session: SandboxSession,
  call: QueryCall,
  tables: ReadonlySet<string>,
): Promise<Opened> {
  const { sql } = call;
  if (/^\s*$/.test(sql)) throw new DomainError('query_empty');
  if (sql.includes('\0')) throw new DomainError('query_not_reading', { statement: 'NUL' });
  const skipped = explain.exec(sql)?.[0] ?? '';
  const kind = firstWord(sql);
  const tree = (await session.tree(sql.slice(skipped.length))) as { statements: unknown[] } | null;
  if (tree?.statements.length === 0) throw new DomainError('query_empty');
  const count = await session.count(sql);
  // A PIVOT without its list is two statements that nobody wrote apart.
  if (count > 1 && sql.includes(';')) throw new DomainError('query_several_statements', { count });
  if (tree?.statements.length !== 1) throw new DomainError('query_not_reading', { statement: kind });
  const refused = judge(tree, tables);
  if (refused) {
    const position = refused.position === null ? null : refused.position + Buffer.byteLength(skipped);
    const { code, name } = refused;
    throw new DomainError(code, { name, suggestion: nearest(name, tables), ...placeIn(sql, position) });
  }
  const opened = await session.open(sql);
  if (opened.kind !== (skipped ? 'EXPLAIN' : 'SELECT'))
    throw new DomainError('query_not_reading', { statement: kind });
  checkParameters(opened, call.parameters);
  return opened;
}

const firstWord = (sql: string): string =>
  /[a-z_]+/i.exec(sql)?.[0]?.toUpperCase() ?? sql.trim().slice(0, 20);

function checkParameters({ asks }: Opened, given: Parameters): void {
  const missing = asks.find((name) => !Object.hasOwn(given, name));
  if (missing) {
    const example = JSON.stringify(Object.fromEntries(asks.map((name) => [name, 1])));
    throw new DomainError('query_parameter_missing', { name: missing, example });
  }
  const unknown = Object.keys(given).find((name) => !asks.includes(name));
  if (unknown) throw new DomainError('query_parameter_unknown', { name: unknown });
}

/** The table whose name shares most with the one asked for; `none` where nothing is near. */
function nearest(name: string, tables: ReadonlySet<string>): string {
  const wanted = pairsOf(name);
  const scored = [...tables].map((table) => {
    const pairs = pairsOf(table);
    const shared = [...pairs].filter((pair) => wanted.has(pair)).length;
    return { table, likeness: (2 * shared) / Math.max(pairs.size + wanted.size, 1) };
  });
  const best = scored.toSorted((a, b) => b.likeness - a.likeness || (a.table < b.table ? -1 : 1))[0];
  return best && best.likeness >= 0.4 ? best.table : 'none';
}

const pairsOf = (name: string): Set<string> => {
  const text = ` ${name.toLowerCase()} `;
  return new Set(Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2)));
};

/** Judges, runs and writes one query. A Parquet answer is a file, told by its end; every other is told in pieces. */
export async function* answerQuery(
  session: SandboxSession,
  call: QueryCall,
  tables: ReadonlySet<string>,
): AsyncGenerator<Uint8Array | string> {
  try {
    const opened = await openJudged(session, call, tables);
    if (call.format === 'parquet') await writeParquet(session, opened, call);
    else yield* written(opened, call);
  } catch (error) {
    throw failureOf(error, call);
  }
}

async function* written(opened: Opened, call: QueryCall): AsyncGenerator<Uint8Array | string> {
  const began = performance.now();
  const { columns, schema, batches } = await opened.stream(call.parameters);
  if (call.format === 'arrow') yield* arrowStream(schema, batches);
  else if (call.format === 'csv') yield* csvLines(schema, batches);
  else if (call.format === 'json') yield* jsonLines(schema, batches);
  else {
    const first = await firstRows(rowsOf(schema, batches));
    const elapsedMs = Math.round(performance.now() - began);
    yield JSON.stringify({ columns, ...first, elapsedMs, snapshot: call.snapshot });
  }
}

const pageCharacters = 20_000_000;

/** As many rows as a page holds: by number, and by length where texts are long. */
async function firstRows(batches: AsyncIterable<Value[][]>): Promise<{ rows: Value[][]; more: boolean }> {
  const rows: Value[][] = [];
  let characters = 0;
  for await (const some of batches)
    for (const row of some) {
      if (rows.length === pageRows || characters > pageCharacters) return { rows, more: true };
      rows.push(row);
      for (const value of row) if (typeof value === 'string') characters += value.length;
    }
  return { rows, more: false };
}

/** The judged text inside a COPY; if it is not one COPY of one SELECT even so, it is not run. */
async function writeParquet(session: SandboxSession, opened: Opened, call: QueryCall): Promise<void> {
  const inner = call.sql.replace(/[;\s]+$/, '');
  const statement = firstWord(call.sql);
  const refuse = () => new DomainError('query_not_as_parquet', { statement });
  if (opened.kind !== 'SELECT') throw refuse();
  const copy = `COPY (${inner}\n) TO ${literal(call.out).text} (FORMAT parquet, COMPRESSION zstd)`;
  if ((await session.count(copy).catch(() => 0)) !== 1) throw refuse();
  const copying = await session.open(copy);
  if (copying.kind !== 'COPY') throw refuse();
  await copying.run(call.parameters);
}
