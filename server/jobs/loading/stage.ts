import { DomainError } from '#core/errors/domain-error.ts';
import type { Table } from '#core/portfolio/column.ts';
import type { RawRelation } from '#core/portfolio/map/field.ts';
import { type MappedTable, mapTable } from '#core/portfolio/map.ts';
import { ident, join, type Sql, sql } from '#core/sql/sql.ts';
import type { Engine, Session } from '../../engine/engine.ts';
import {
  openStaging,
  passedRows,
  repeatedKeys,
  stagedName,
  stagePart,
  stagePassed,
  stagingOf,
} from '../../store/staging.ts';
import type { StepRun } from '../job.ts';
import { LoadFiles } from './files.ts';
import { type PlannedPart, planParts } from './plan.ts';
import type { ReadOutput } from './read.ts';
import { findRecipe } from './request.ts';

/**
 * How the rows of a table wait: in their own typed files; read once into typed staging, which they could since
 * none breaks a rule; or staged row by row, the rejected ones apart.
 */
export type Waiting = 'in files' | 'passed' | 'staged';

export interface StageOutput {
  /** Rows of each file, broken ones included. */
  files: { name: string; rows: number }[];
  tables: { table: string; waiting: Waiting }[];
}

/** Makes the rows of every table ready, rejected rows apart. */
export async function stageFiles<Input>(step: StepRun<Input>, read: ReadOutput): Promise<StageOutput> {
  const { context } = step;
  const { recipe } = findRecipe(context, read.request.recipe);
  await openStaging(context.engine, stagingOf(step.jobId));
  const files = new LoadFiles(context, step.jobId, read);
  const parts = planParts(recipe, read.files, read.request.file);
  const order = [...new Set(parts.map((part) => part.table))];
  const tables: StageOutput['tables'] = [];
  for (const table of order) {
    step.checkCancelled();
    step.progress(tables.length / order.length, table.name);
    const group = parts.filter((part) => part.table === table);
    const alone = group.every((part) => parts.filter((other) => other.file === part.file).length === 1);
    const waiting = await stageTable(step, files, group, recipe.tables === 'canonical', alone);
    tables.push({ table: table.name, waiting });
  }
  const counted = read.files.map(({ name }, i) => ({ name, rows: files.rows.get(i) ?? 0 }));
  if (counted.every(({ rows }) => rows === 0))
    throw new DomainError('load_no_rows', { file: read.request.file });
  return { files: counted, tables };
}

async function stageTable<Input>(
  step: StepRun<Input>,
  files: LoadFiles,
  group: readonly PlannedPart[],
  canonical: boolean,
  alone: boolean,
): Promise<Waiting> {
  const { engine } = step.context;
  const staging = stagingOf(step.jobId);
  const plain = group.every(({ recipe }) => !recipe.unpivot && recipe.keep.length === 0);
  if (alone && plain && (await passAll(engine, files, group, staging))) return 'passed';
  const mapped: MappedTable[] = [];
  for (const part of group) mapped.push(mapPart(engine, files, part, await files.open(part.file)));
  const typed = (await Promise.all(group.map((part) => files.open(part.file)))).every((raw) => raw.typed);
  if (canonical && typed && (await isClean(engine, tableOf(group), readyRelation(mapped)))) return 'in files';
  for (const [i, { table, recipe, file }] of group.entries())
    await stagePart(engine, staging, {
      table,
      file: files.name(file),
      mapped: mapped[i] as MappedTable,
      repeats: recipe.repeats,
    });
  return 'staged';
}

/** Reads files that feed this table alone once, straight into typed staging; false when a row breaks a rule. */
async function passAll(
  engine: Engine,
  files: LoadFiles,
  group: readonly PlannedPart[],
  staging: string,
): Promise<boolean> {
  const rows: number[] = [];
  for (const part of group) {
    const pass = files.source(part.file).pass;
    const raw = files.pass(part.file);
    if (!pass || !raw) return false;
    const mapped = mapPart(engine, files, part, await raw);
    const passed = await files.readWith(part.file, async (session) => {
      const good = await stagePassed(session, staging, part.table, part.file, mapped);
      return good !== null && (await pass.broken(session)) === 0 ? good : null;
    });
    if (passed === null) return false;
    rows.push(passed);
  }
  const relation = passedRows(
    staging,
    tableOf(group),
    group.map((part) => part.file),
  );
  if ((await repeatedKeys(engine, tableOf(group), relation)) > 0) return false;
  for (const [i, part] of group.entries()) files.rows.set(part.file, rows[i] ?? 0);
  return true;
}

function tableOf(group: readonly PlannedPart[]): Table {
  const [first] = group;
  if (!first) throw new Error('a table without files');
  return first.table;
}

const mapPart = (
  { dialect }: Engine,
  { options }: LoadFiles,
  { table, recipe, file }: PlannedPart,
  raw: RawRelation,
): MappedTable => mapTable({ dialect, options, table, recipe, raw, file });

const readyRelation = (mapped: readonly MappedTable[]): Sql =>
  sql`(${join(
    mapped.map((one) => one.rows),
    ' UNION ALL ',
  )}) AS ready`;

async function isClean(session: Session, table: Table, relation: Sql): Promise<boolean> {
  const bad = await session.first<{ n: number }>(
    sql`SELECT count(*) AS n FROM ${relation} WHERE NOT is_good`,
  );
  return bad?.n === 0 && (await repeatedKeys(session, table, relation)) === 0;
}

/** The rows of a table that are ready to publish, wherever they wait. */
export async function readyRows<Input>(
  step: StepRun<Input>,
  read: ReadOutput,
  { table, waiting }: StageOutput['tables'][number],
): Promise<Sql> {
  const staging = stagingOf(step.jobId);
  if (waiting === 'staged') return ident(stagedName(staging, table));
  const { recipe } = findRecipe(step.context, read.request.recipe);
  const group = planParts(recipe, read.files, read.request.file).filter((part) => part.table.name === table);
  if (waiting === 'passed')
    return passedRows(
      staging,
      tableOf(group),
      group.map((part) => part.file),
    );
  const files = new LoadFiles(step.context, step.jobId, read);
  const mapped: MappedTable[] = [];
  for (const part of group)
    mapped.push(mapPart(step.context.engine, files, part, await files.open(part.file)));
  return readyRelation(mapped);
}
