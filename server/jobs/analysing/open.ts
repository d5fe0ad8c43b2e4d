import { join as joinPath } from 'node:path';
import type { AnalysisAsked } from '#core/contract/experiments/analyses.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { ColumnClass } from '#core/experiment/outside/units.ts';
import { type DatasetColumns, datasetRows, datasetTable } from '#core/portfolio/dataset.ts';
import type { RawRelation } from '#core/portfolio/map/field.ts';
import { inferTypes } from '#core/portfolio/map/infer.ts';
import { mapTable } from '#core/portfolio/map.ts';
import { type DatasetRecipe, type Recipe, recipe } from '#core/portfolio/recipe.ts';
import { ident, join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import { selectDataset } from '../../store/loading/datasets.ts';
import { openStaging, stagingOf } from '../../store/loading/staging.ts';
import type { StepRun } from '../job.ts';
import { LoadFiles } from '../loading/files.ts';
import type { ReadOutput } from '../loading/read.ts';
import { findFiles, scratchOf, sourceNamed } from '../loading/request.ts';

export interface AnalysisInput extends AnalysisAsked {
  /** Whether the reader may see who people are. */
  personal: boolean;
}

/** A table that can be analysed: plain JSON, so that the next step finds it again. */
export interface OpenedTable {
  name: string;
  /** Private table of the job, or null where a dataset is read where it is. */
  table: string | null;
  columns: [string, ColumnClass][];
  /** Rows of the file whose form was broken. */
  broken: number;
}

const emptyWords = ['NA', 'N/A', 'NULL', 'null', 'NaN', 'nan'];

/** How rows of the opened table are read. */
export const relationOf = async (
  { input, context }: StepRun<AnalysisInput>,
  { table }: OpenedTable,
): Promise<Sql> =>
  table === null
    ? selectDataset(context.engine, input.dataset!, input.personal ? true : new Set(keysOf(input)), false)
    : sql`SELECT * FROM ${ident(table)}`;

/** Columns that only group rows, and are never shown. */
const keysOf = ({ unit, cluster }: AnalysisAsked): string[] =>
  [unit, cluster].filter((one) => one !== undefined);

/**
 * Makes a file or a dataset readable. Of a file every row is read once into a private table, each column with the
 * narrowest type that all its values have.
 *
 * @throws analysis_source, analysis_no_rows, not_found, and what a source throws of a file it cannot read
 */
export async function openTable(step: StepRun<AnalysisInput>): Promise<OpenedTable> {
  const { input } = step;
  const files = [input.file ?? []].flat();
  if (files.length + (input.dataset === undefined ? 0 : 1) !== 1)
    throw new DomainError('analysis_source', {
      given: [...files, input.dataset ?? []].flat().join(', ') || '–',
    });
  return input.dataset === undefined ? openFile(step, files[0]!) : openDataset(step, input.dataset);
}

async function openDataset(step: StepRun<AnalysisInput>, name: string): Promise<OpenedTable> {
  const opened: OpenedTable = { name, table: null, columns: [], broken: 0 };
  opened.columns = await describe(step.context.engine, await relationOf(step, opened));
  return opened;
}

async function openFile(step: StepRun<AnalysisInput>, asked: string): Promise<OpenedTable> {
  const { context, jobId, input } = step;
  const found = await findFiles(context, asked);
  if (found.length !== 1)
    throw new DomainError('analysis_source', { given: found.map(({ name }) => name).join(', ') || asked });
  const { path, name, source } = found[0]!;
  const dataset: DatasetRecipe = { dataset: 'outside', columns: 'all', keep: [], repeats: 'reject' };
  const { sheet, delimiter, decimal, dates } = input;
  const reading: Recipe = recipe.parse({
    source: { sheet, delimiter, decimal, dates, empty: emptyWords },
    tables: [dataset],
  });
  const inspection = await sourceNamed(context, source).inspect({
    engine: context.engine,
    path,
    name,
    options: reading.source,
    scratch: joinPath(scratchOf(context, jobId), 'file-0'),
    onBytes: () => step.checkCancelled(),
  });
  const read: ReadOutput = {
    request: { file: asked, recipe: '', maxRejectedShare: 1, simulated: false },
    recipe: reading,
    recipeHash: '',
    files: [{ ...inspection, source }],
    same: null,
  };
  await openStaging(context.engine, stagingOf(jobId));
  const files = new LoadFiles(context, jobId, read);
  const rows = await files.open(0);
  const table = `${stagingOf(jobId)}units`;
  const kept = await files.readWith(0, (session) =>
    typed(session, context.engine.dialect, rows, reading, dataset, table),
  );
  if (kept === 0) throw new DomainError('analysis_no_rows', { name });
  const columns = await describe(context.engine, sql`SELECT * FROM ${ident(table)}`);
  return { name, table, columns, broken: (files.rows.get(0) ?? kept) - kept };
}

/** Writes the rows of a file with the types its values have; gives how many. */
async function typed(
  session: Session,
  dialect: StepRun<AnalysisInput>['context']['engine']['dialect'],
  rows: RawRelation,
  reading: Recipe,
  dataset: DatasetRecipe,
  into: string,
): Promise<number> {
  const names = [...rows.columns.keys()].filter((name) => name !== 'source_row');
  const found = await session.first<Record<string, DatasetColumns[string]>>(
    inferTypes({ dialect, options: reading.source, raw: rows }, names),
  );
  const types: DatasetColumns = Object.fromEntries(
    names.map((name, i) => [name, found?.[`type_${i}`] ?? 'text']),
  );
  const mapped = mapTable({
    dialect,
    options: reading.source,
    table: datasetTable(dataset, types),
    recipe: datasetRows(dataset, names),
    raw: rows,
  });
  await session.run(
    sql`CREATE OR REPLACE TABLE ${ident(into)} AS SELECT ${join(names.map((name) => ident(name)))} FROM (${mapped.rows}) AS m`,
  );
  const counted = await session.first<{ n: number }>(
    sql`SELECT CAST(count(*) AS BIGINT) AS n FROM ${ident(into)}`,
  );
  return counted?.n ?? 0;
}

const classes: [RegExp, ColumnClass][] = [
  [/INT|DOUBLE|FLOAT|DECIMAL/, 'number'],
  [/BOOL/, 'boolean'],
  [/^(DATE|TIMESTAMP)/, 'date'],
];

const describe = async (session: Session, relation: Sql): Promise<[string, ColumnClass][]> =>
  (
    await session.rows<{ column_name: string; column_type: string }>(
      sql`DESCRIBE ${raw('SELECT * FROM')} (${relation}) t`,
    )
  ).map(({ column_name, column_type }) => [
    column_name,
    classes.find(([pattern]) => pattern.test(column_type))?.[1] ?? 'text',
  ]);
