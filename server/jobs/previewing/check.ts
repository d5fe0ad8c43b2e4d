import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import type { TableCheck } from '#core/contract/portfolio/previews.ts';
import type { Table } from '#core/portfolio/column.ts';
import { datasetRows, datasetTable, statedColumns } from '#core/portfolio/dataset.ts';
import { canonicalRecipe, missingColumns, strangeColumns, unfedColumns } from '#core/portfolio/map/names.ts';
import { type MappedTable, mapTable } from '#core/portfolio/map.ts';
import { isDataset, type Recipe, type RowsRecipe } from '#core/portfolio/recipe.ts';
import { suggest } from '#core/portfolio/suggest/suggest.ts';
import { tableNamed } from '#core/portfolio/tables.ts';
import { ident, join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { TextValues } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import type { Cell } from '../../engine/engine.ts';
import { tableOfFile } from '../loading/plan.ts';
import { findFiles, stem } from '../loading/request.ts';
import { maskText } from './mask.ts';
import { profile } from './preview.ts';
import { database, placesOf, type Sample, sampleFile } from './sample.ts';

type Answer = z.output<typeof contract.previews.check.response>;
type Reject = Answer['rejects'][number];

export interface CheckRequest {
  files: readonly string[];
  recipe: Recipe;
  unmasked: boolean;
}

const shownRejects = 50;
const shownRows = 12;
const mostFiles = 8;

/** A table that a file would feed, or why it cannot. */
interface Trial {
  sample: Sample;
  name: string;
  table: Table | null;
  recipe: RowsRecipe;
  problem: TableCheck['problem'];
}

/**
 * Tries a recipe on the first rows of files by the statements of the load itself: rows that would be stored, and
 * rejects with their place and reason. What is incomplete is said of its table, and the others are tried all the
 * same.
 *
 * @throws load_file_missing, load_kind_unknown, and what a source throws of a file it cannot read
 */
export async function checkRecipe(context: Context, request: CheckRequest): Promise<Answer> {
  const files = (await findFiles(context, request.files)).slice(0, mostFiles);
  const answer: Answer = { rows: 0, tables: [], rejects: [] };
  for (const file of files) {
    const sample = await sampleFile(context, file, request.recipe.source);
    const trials = trialsOf(request.recipe, sample);
    if (trials.length === 0) continue;
    const personal = request.unmasked ? null : await personalColumns(context, sample);
    answer.rows += sample.rows;
    for (const { line, value, reason } of sample.broken)
      answer.rejects.push({
        row: Math.max(1, (line ?? 2) - 1),
        line,
        file: file.name,
        table: '',
        column: null,
        value: personal ? maskText(value) : value,
        reason,
      });
    for (const trial of trials) await tryTable(context, request.recipe, trial, personal, answer);
  }
  answer.rejects = answer.rejects.slice(0, shownRejects * 4);
  return answer;
}

async function personalColumns(context: Context, sample: Sample): Promise<Set<string>> {
  const columns = await profile(context, sample);
  return new Set(suggest({ stem: stem(sample.file.name), columns }).personal);
}

function trialsOf(recipe: Recipe, sample: Sample): Trial[] {
  const { tables } = recipe;
  const { names, file } = sample;
  if (tables === 'canonical') {
    const table = tableOfFile(file.name);
    return table ? [trial(sample, table.name, table, canonicalRecipe(table, names))] : [];
  }
  return tables
    .filter((one) => one.file === undefined || one.file === stem(file.name))
    .map((one) => {
      if (!isDataset(one)) return trial(sample, one.table, tableNamed(one.table) ?? null, one);
      const kept = names.filter((name) => name !== 'source_row');
      const columns =
        statedColumns(one) ??
        Object.fromEntries(kept.map((name) => [name, sample.raw.columns.get(name) ?? ('text' as const)]));
      return trial(sample, one.dataset, datasetTable(one, columns), datasetRows(one, kept));
    });
}

function trial(sample: Sample, name: string, table: Table | null, recipe: RowsRecipe): Trial {
  const of = (code: string, details: TextValues): TableCheck['problem'] => ({
    code,
    details: Object.fromEntries(Object.entries(details).map(([key, value]) => [key, value ?? null])),
  });
  const file = sample.file.name;
  const base = { sample, name, table, recipe };
  if (!table) return { ...base, problem: of('not_found', { kind: 'table', id: name }) };
  const missing = missingColumns(recipe, sample.names);
  if (missing.length)
    return {
      ...base,
      problem: of('load_columns_missing', {
        file,
        missing: missing.join(', '),
        present: sample.names.join(', '),
      }),
    };
  const strange = strangeColumns(table, recipe);
  if (strange.length)
    return { ...base, problem: of('load_recipe_strange', { table: name, columns: strange.join(', ') }) };
  const unfed = unfedColumns(table, recipe);
  if (unfed.length)
    return {
      ...base,
      problem: of('load_recipe_incomplete', { table: name, file, missing: unfed.join(', ') }),
    };
  return { ...base, problem: null };
}

async function tryTable(
  context: Context,
  recipe: Recipe,
  { sample, name, table, recipe: own, problem }: Trial,
  personal: ReadonlySet<string> | null,
  answer: Answer,
): Promise<void> {
  const { engine } = context;
  const nothing = {
    rows: 0,
    good: 0,
    rejected: 0,
    repeated: 0,
    leftOut: 0,
    columns: [],
    head: [],
    reasons: [],
  };
  if (problem || !table) {
    answer.tables.push({ table: name, file: sample.file.name, problem, ...nothing });
    return;
  }
  const mapped = mapTable({
    dialect: engine.dialect,
    table,
    recipe: own,
    options: recipe.source,
    raw: sample.raw,
  });
  const columns = Object.keys(table.columns).filter((column) => Object.hasOwn(own.columns, column));
  const hidden = new Set(
    columns.filter(
      (column) => personal && (isPersonal(table, column) || readsPersonal(own, column, personal)),
    ),
  );
  const made = ident(database, `m${uuidv7()}`);
  await engine.run(sql`CREATE TABLE ${made} AS ${mapped.rows}`);
  try {
    const counted = await engine.first<Counted>(countRows(table, made));
    const { rows, good, repeated } = counted ?? { rows: 0, good: 0, repeated: 0 };
    const texts = join(
      columns.map((column) => sql`${engine.dialect.cast(ident(column), 'text')} AS ${ident(column)}`),
    );
    const head = await engine.rows<Record<string, Cell>>(
      sql`SELECT ${texts} FROM ${made} WHERE is_good ORDER BY source_row LIMIT ${raw(String(shownRows))}`,
    );
    answer.tables.push({
      table: name,
      file: sample.file.name,
      problem: null,
      rows,
      good,
      rejected: rows - good,
      repeated,
      leftOut: sample.rows * (own.unpivot?.length ?? 1) - rows,
      columns,
      head: head.map((row) => columns.map((column) => asText(row[column], hidden.has(column)))),
      reasons: rows > good ? await rejectsOf(context, mapped, sample, name, hidden, answer) : [],
    });
  } finally {
    await engine.run(sql`DROP TABLE IF EXISTS ${made}`);
  }
}

interface Counted {
  rows: number;
  good: number;
  repeated: number;
}

function countRows(table: Table, made: Sql): Sql {
  const key = join(table.key.map((column) => ident(column)));
  const repeated = table.key.length
    ? sql`(SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM ${made} WHERE is_good GROUP BY ${key} HAVING count(*) > 1) AS k)`
    : raw('0');
  return sql`SELECT count(*) AS rows, CAST(count(CASE WHEN is_good THEN 1 END) AS BIGINT) AS good, CAST(${repeated} AS BIGINT) AS repeated FROM ${made}`;
}

const asText = (value: Cell | undefined, hide: boolean): string | null =>
  value === null || value === undefined ? null : hide ? maskText('') : String(value);

const isPersonal = (table: Table, column: string): boolean => {
  const tag = table.columns[column]?.tag;
  return tag === 'personal' || tag === 'secret';
};

/** Whether what feeds a column, by itself, as a part, or in one of its months, is a personal one of the source. */
function readsPersonal(
  { columns, unpivot = [] }: RowsRecipe,
  column: string,
  personal: ReadonlySet<string>,
): boolean {
  const recipe = columns[column];
  if (!recipe || 'constant' in recipe) return false;
  const names =
    'from' in recipe ? [recipe.from] : recipe.join.flatMap((part) => ('from' in part ? [part.from] : []));
  return names.some(
    (name) => personal.has(name) || unpivot.some((member) => personal.has(member.columns[name] ?? '')),
  );
}

async function rejectsOf(
  context: Context,
  mapped: MappedTable,
  sample: Sample,
  table: string,
  hidden: ReadonlySet<string>,
  answer: Answer,
): Promise<TableCheck['reasons']> {
  const { engine } = context;
  const first = await engine.rows<{
    file_row: number;
    column_name: string;
    value: string | null;
    reason: string;
  }>(
    sql`SELECT file_row, column_name, value, reason FROM (${mapped.rejects}) AS r ORDER BY file_row, column_name LIMIT ${raw(String(shownRejects))}`,
  );
  const places = await placesOf(
    context,
    sample,
    first.map(({ file_row }) => file_row),
  );
  answer.rejects.push(
    ...first.map(({ file_row, column_name, value, reason }): Reject => {
      const place = places.get(file_row);
      return {
        row: place?.row ?? file_row,
        line: place?.line ?? null,
        file: sample.file.name,
        table,
        column: column_name,
        value: hidden.has(column_name) ? maskText(value) : value,
        reason,
      };
    }),
  );
  return engine.rows<TableCheck['reasons'][number]>(
    sql`SELECT column_name AS "column", reason, CAST(count(*) AS BIGINT) AS rows FROM (${mapped.rejects}) AS r GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 20`,
  );
}
