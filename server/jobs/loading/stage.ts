import { DomainError } from '#core/errors/domain-error.ts';
import type { Table } from '#core/portfolio/column.ts';
import { type DatasetColumns, datasetTable, statedColumns } from '#core/portfolio/dataset.ts';
import type { RawRelation } from '#core/portfolio/map/field.ts';
import { inferTypes, mergeColumns } from '#core/portfolio/map/infer.ts';
import { type MappedTable, mapTable } from '#core/portfolio/map.ts';
import { createTable } from '#core/sql/ddl.ts';
import type { Engine } from '../../engine/engine.ts';
import { datasetTableName, reserveLoad } from '../../store/loading/reserved-loads.ts';
import { type Part, stageAll, stageGood, stagePassed } from '../../store/loading/stage-rows.ts';
import { openStaging, stagingOf } from '../../store/loading/staging.ts';
import type { StepRun } from '../job.ts';
import { LoadFiles } from './files.ts';
import { type PlannedPart, planParts } from './plan.ts';
import type { ReadOutput } from './read.ts';
import { askedFor } from './request.ts';
import { wantedTypes } from './wanted.ts';

/** A table whose rows are there, under the number of a load that is not published yet. */
export interface StagedTable {
  table: string;
  /** The columns of a dataset as they were typed; null for a canonical table. */
  columns: DatasetColumns | null;
  /** The unit of a dataset. */
  key: string | null;
}

export interface StageOutput {
  loadId: number;
  /** Rows of each file, broken ones included. */
  files: { name: string; rows: number }[];
  tables: StagedTable[];
}

/** Writes the rows of every table, rejected rows apart; nobody reads them before the load is published. */
export async function stageFiles<Input>(step: StepRun<Input>, read: ReadOutput): Promise<StageOutput> {
  const { engine } = step.context;
  await openStaging(engine, stagingOf(step.jobId));
  const loadId = await reserveLoad(engine, step.jobId);
  const files = new LoadFiles(step.context, step.jobId, read);
  const parts = planParts(read.recipe, read.files, askedFor(read.request));
  const names = [...new Set(parts.map((part) => part.table.name))];
  const tables: StagedTable[] = [];
  for (const name of names) {
    const group = parts.filter((part) => part.table.name === name);
    const staged = await describeTable(engine, files, group);
    tables.push(staged);
    const [first] = group;
    if (staged.columns && first)
      await engine.run(
        createTable({ ...tableOf(first, staged), name: datasetTableName(name, loadId) }, engine.dialect),
      );
    for (const [i, planned] of group.entries()) {
      step.checkCancelled();
      step.progress((tables.length - 1 + i / group.length) / names.length, files.name(planned.file));
      await stagePart(
        engine,
        files,
        planned,
        storedPart(planned, staged, loadId, files.name(planned.file)),
        step.jobId,
      );
    }
  }
  const counted = read.files.map(({ name }, i) => ({ name, rows: files.rows.get(i) ?? 0 }));
  if (counted.every(({ rows }) => rows === 0))
    throw new DomainError('load_no_rows', { file: askedFor(read.request) });
  return { loadId, files: counted, tables };
}

/** Finds the columns of a dataset out where its recipe takes them as they are. */
async function describeTable(
  engine: Engine,
  files: LoadFiles,
  group: readonly PlannedPart[],
): Promise<StagedTable> {
  const [first] = group;
  if (!first) throw new Error('a table without files');
  const { table, dataset } = first;
  if (!dataset) return { table: table.name, columns: null, key: null };
  const stated = statedColumns(dataset);
  const found: DatasetColumns[] = stated ? [stated] : [];
  if (!stated) for (const part of group) found.push(await inferColumns(engine, files, part));
  return { table: table.name, columns: mergeColumns(found), key: dataset.key ?? null };
}

async function inferColumns(
  engine: Engine,
  files: LoadFiles,
  { file, recipe }: PlannedPart,
): Promise<DatasetColumns> {
  const names = Object.keys(recipe.columns);
  const raw = await files.open(file);
  const types = await files.readWith(file, (session) =>
    session.first<Record<string, DatasetColumns[string]>>(
      inferTypes({ dialect: engine.dialect, options: files.options, raw }, names),
    ),
  );
  return Object.fromEntries(names.map((name, i) => [name, types?.[`type_${i}`] ?? 'text']));
}

/** The table of a part, with the columns a dataset was found to have. */
const tableOf = ({ table, dataset }: PlannedPart, { columns }: StagedTable): Table =>
  dataset && columns ? datasetTable(dataset, columns) : table;

const storedPart = (planned: PlannedPart, staged: StagedTable, loadId: number, file: string): Part => ({
  table: tableOf(planned, staged),
  into: staged.columns ? datasetTableName(staged.table, loadId) : staged.table,
  loadId,
  file,
  slot: planned.slot,
  members: planned.recipe.unpivot?.length ?? 1,
});

/** A part as it is stored, with how it was planned. */
export type StoredPart = Part & Omit<PlannedPart, 'file'>;

/** The parts of what a stage step left, as they are stored. */
export const storedParts = (read: ReadOutput, { loadId, tables }: StageOutput): StoredPart[] =>
  planParts(read.recipe, read.files, askedFor(read.request)).flatMap((planned) => {
    const staged = tables.find((one) => one.table === planned.table.name);
    const file = read.files[planned.file];
    return staged && file ? [{ ...planned, ...storedPart(planned, staged, loadId, file.name) }] : [];
  });

async function stagePart(
  engine: Engine,
  files: LoadFiles,
  planned: PlannedPart,
  part: Part,
  jobId: string,
): Promise<void> {
  const map = (raw: RawRelation): MappedTable =>
    mapTable({
      dialect: engine.dialect,
      options: files.options,
      table: part.table,
      recipe: planned.recipe,
      raw,
      file: part.slot,
    });
  const plain = !planned.recipe.unpivot && planned.recipe.keep.length === 0;
  const pass =
    planned.alone && plain ? files.pass(planned.file, wantedTypes(part.table, planned.recipe)) : null;
  if (pass) {
    const { rows } = map(await pass);
    const written = await files.tryWith((session) => stagePassed(session, part, rows), 'connected');
    if (written !== null) {
      files.rows.set(planned.file, written);
      return;
    }
  }
  const mapped = map(await files.open(planned.file));
  const written = await files.tryWith((session) => stageAll(session, part, mapped.rows));
  if (written === null)
    await files.readWith(planned.file, (session) => stageGood(session, stagingOf(jobId), part, mapped));
}
