import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import type { PreviewColumn, PreviewGroup, StatedOptions } from '#core/contract/portfolio/previews.ts';
import { missingColumns } from '#core/portfolio/map/names.ts';
import { isDataset, type Recipe, type RecipeInput, sourceOptions } from '#core/portfolio/recipe.ts';
import { type SourceFile, suggest } from '#core/portfolio/suggest/suggest.ts';
import type { Suggestion } from '#core/portfolio/suggest/suggestion.ts';
import type { SourceColumn } from '#core/portfolio/suggest/values/column-profile.ts';
import { type ColumnValues, columnValues } from '#core/portfolio/suggest/values/column-values.ts';
import { lookAt } from '#core/portfolio/suggest/values/look.ts';
import { tableNamed } from '#core/portfolio/tables.ts';
import { ident, join, raw, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { readRecipes } from '../../store/loading/recipes.ts';
import { findFiles, stem } from '../loading/request.ts';
import { maskText, maskValues } from './mask.ts';
import { type Sample, sampleFile } from './sample.ts';

type Answer = z.output<typeof contract.previews.create.response>;

export interface PreviewRequest {
  files: readonly string[];
  source: StatedOptions;
  /** Whether the reader may see who people are. */
  unmasked: boolean;
}

const headRows = 12;
const shownValues = 60;
/** Of more files, those after have the columns of one before them, or are looked into only when they are loaded. */
const mostFiles = 8;

/**
 * Looks at the first rows of files: what they are, what their columns hold, how they could become tables. Files of
 * equal columns are one group.
 *
 * @throws load_file_missing, load_kind_unknown, and what a source throws of a file it cannot read
 */
export async function previewFiles(context: Context, request: PreviewRequest): Promise<Answer> {
  const all = await findFiles(context, request.files);
  const files = all.slice(0, mostFiles);
  const groups: { sample: Sample; files: { name: string; bytes: number }[] }[] = [];
  for (const file of files) {
    const sample = await sampleFile(context, file, sourceOptions.parse(request.source));
    const facts = { name: file.name, bytes: sample.bytes };
    const same = groups.find((group) => group.sample.names.join('\n') === sample.names.join('\n'));
    if (same) same.files.push(facts);
    else groups.push({ sample, files: [facts] });
  }
  const read = await Promise.all(
    groups.map(async ({ sample, files: own }) => {
      const columns = await profile(context, sample);
      const suggestion = suggest(asSource(sample, columns, request.source));
      return {
        suggestion,
        group: await describe(context, sample, own, columns, suggestion, request.unmasked),
      };
    }),
  );
  return {
    groups: read.map(({ group }) => group),
    further: all.slice(mostFiles).map(({ name }) => name),
    recipe: together(read, request.source),
    fitting: await fittingRecipes(
      context,
      groups.map(({ sample }) => sample),
    ),
  };
}

const asSource = (sample: Sample, columns: readonly SourceColumn[], stated: StatedOptions): SourceFile => ({
  stem: stem(sample.file.name),
  columns,
  stated: { decimal: stated.decimal, dates: stated.dates },
});

/** What the first rows say of each column. */
export async function profile({ engine }: Context, sample: Sample): Promise<SourceColumn[]> {
  const columns: SourceColumn[] = [];
  for (const name of sample.names) {
    const found = await engine.rows<ColumnValues>(columnValues(engine.dialect, sample.raw.relation, name));
    columns.push({
      name,
      type: sample.raw.typed ? (sample.raw.columns.get(name) ?? null) : null,
      rows: sample.rows,
      filled: found[0]?.filled ?? 0,
      distinct: found[0]?.distinct_values ?? 0,
      values: found.map(({ value, n }) => ({ value, count: n })),
    });
  }
  return columns;
}

const told = ['encoding', 'assumed', 'delimiter', 'sheet', 'sheets'];

async function describe(
  { engine }: Context,
  sample: Sample,
  files: PreviewGroup['files'],
  columns: readonly SourceColumn[],
  suggestion: Suggestion,
  unmasked: boolean,
): Promise<PreviewGroup> {
  const personal = new Set(suggestion.personal);
  const texts = join(
    sample.names.map((name) => sql`${engine.dialect.cast(ident(name), 'text')} AS ${ident(name)}`),
  );
  const head = await engine.rows<Record<string, string | null>>(
    sql`SELECT ${texts} FROM ${sample.raw.relation} ORDER BY source_row LIMIT ${raw(String(headRows))}`,
  );
  const hides = (name: string) => !unmasked && personal.has(name);
  return {
    files,
    stem: stem(sample.file.name),
    source: sample.file.source,
    found: Object.fromEntries(Object.entries(sample.found).filter(([name]) => told.includes(name))),
    decimal: suggestion.decimal,
    dates: suggestion.dates,
    rows: sample.rows,
    whole: sample.whole,
    broken: sample.broken.length,
    columns: columns.map(
      (column): PreviewColumn => ({
        name: column.name,
        type: column.type,
        shape: lookAt(column).shape,
        filled: column.filled,
        distinct: column.distinct,
        values: hides(column.name) ? maskValues(column.values) : column.values.slice(0, shownValues),
        personal: personal.has(column.name),
      }),
    ),
    head: head.map((row) =>
      sample.names.map((name) => (hides(name) ? maskText(row[name] ?? null) : (row[name] ?? null))),
    ),
    tables: suggestion.tables.map((table) => ({
      ...table,
      columns: table.columns.map(({ recipe: _, ...column }) => column),
    })),
    questions: suggestion.questions,
    unused: suggestion.unused,
  };
}

/** The suggestions of all groups as one recipe; each table of several says which files it is of. */
function together(
  read: readonly { suggestion: Suggestion; group: PreviewGroup }[],
  stated: StatedOptions,
): RecipeInput {
  const [first] = read;
  const source = { ...first?.suggestion.recipe.source, ...defined(stated) };
  const named =
    read.length > 1 && read.every(({ group }) => tableNamed(group.stem.replace(/[-_.]?\d+$/, '')));
  if (named) return { source, tables: 'canonical' };
  return {
    source,
    tables: read.flatMap(({ suggestion, group }) => {
      const { tables } = suggestion.recipe;
      if (tables === 'canonical') return [];
      return read.length === 1 ? tables : tables.map((table) => ({ ...table, file: group.stem }));
    }),
  };
}

const defined = (stated: StatedOptions) =>
  Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined));

/** Recipes that every file has the columns for; those that name more of them first. */
async function fittingRecipes(context: Context, samples: readonly Sample[]): Promise<Answer['fitting']> {
  const recipes = await readRecipes(context);
  return recipes
    .map(({ name, title, kind, recipe }) => ({ name, title, kind, fit: fitOf(recipe, samples) }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit)
    .map(({ name, title, kind }) => ({ name, title, kind }));
}

/** How many columns of the files a recipe names; 0 when one it names is not there. */
function fitOf({ tables }: Recipe, samples: readonly Sample[]): number {
  if (tables === 'canonical')
    return samples.every(({ file }) => tableNamed(stem(file.name).replace(/[-_.]?\d+$/, ''))) ? 1 : 0;
  let named = 0;
  for (const { file, names } of samples)
    for (const one of tables) {
      if (one.file !== undefined && one.file !== stem(file.name)) continue;
      if (isDataset(one) && one.columns === 'all') continue;
      const columns = { ...one, columns: one.columns as Exclude<typeof one.columns, 'all'> };
      if (missingColumns(columns, names).length) return 0;
      named += Object.keys(columns.columns).length;
    }
  return named;
}
