import { DomainError } from '#core/errors/domain-error.ts';
import type { RawRelation } from '#core/portfolio/map/field.ts';
import { type MappedTable, mapTable } from '#core/portfolio/map.ts';
import { ident, join, raw, type Sql, sql } from '#core/sql/sql.ts';
import type { Session } from '../../engine/engine.ts';
import {
  brokenName,
  openStaging,
  rawName,
  rejectBroken,
  repeatedKeys,
  type Staging,
  stagedName,
  stagePart,
  stagingOf,
} from '../../store/staging.ts';
import type { StepRun } from '../job.ts';
import { type PlannedPart, planParts } from './plan.ts';
import type { ReadOutput } from './read.ts';
import { findRecipe, scratchOf, sourceNamed } from './request.ts';

export interface StageOutput {
  /** Rows of each file, broken ones included. */
  files: { name: string; rows: number }[];
  tables: {
    table: string;
    /** Published straight from its files, which are typed and hold no row that breaks a rule. */
    direct: boolean;
  }[];
}

interface OpenFile {
  raw: RawRelation;
  rowsBefore: number;
}

/** Makes the rows of every table ready in private staging, rejected rows apart. */
export async function stageFiles<Input>(step: StepRun<Input>, read: ReadOutput): Promise<StageOutput> {
  const { context } = step;
  const { recipe } = findRecipe(context, read.request.recipe);
  const staging = stagingOf(step.jobId);
  await openStaging(context.engine, staging);
  const { open, files } = await openFiles(step, read, staging);
  const parts = planParts(recipe, read.files, read.request.file);
  const tables: StageOutput['tables'] = [];
  for (const table of new Set(parts.map((part) => part.table))) {
    const group = parts.filter((part) => part.table === table);
    step.checkCancelled();
    step.progress(tables.length / parts.length, table.name);
    const mapped = group.map((part) => mapPart(context.engine.dialect, recipe.source, part, open));
    const relation = readyRelation(mapped);
    const direct =
      recipe.tables === 'canonical' &&
      group.every((part) => open[part.file]?.raw.typed) &&
      (await isClean(context.engine, mapped)) &&
      (await repeatedKeys(context.engine, table, relation)) === 0;
    if (!direct)
      for (const [i, part] of group.entries())
        await stagePart(context.engine, staging, {
          table,
          file: read.files[part.file]?.name ?? '',
          mapped: mapped[i] as MappedTable,
          repeats: part.recipe.repeats,
        });
    tables.push({ table: table.name, direct });
  }
  return { files, tables };
}

async function openFiles<Input>(step: StepRun<Input>, read: ReadOutput, staging: Staging) {
  const { context } = step;
  const { recipe } = findRecipe(context, read.request.recipe);
  const open: OpenFile[] = [];
  const files: StageOutput['files'] = [];
  let rowsBefore = 0;
  for (const [index, file] of read.files.entries()) {
    step.checkCancelled();
    step.progress(null, file.name);
    const opened = await context.engine.transaction(async (session) => {
      const relation = await sourceNamed(context, file.source)
        .open({
          session,
          inspection: file,
          options: recipe.source,
          stagingTable: rawName(staging, index),
          brokenTable: brokenName(staging),
          scratch: scratchOf(context, step.jobId),
        })
        .catch((error: unknown) => {
          throw asUnreadable(error, file.name);
        });
      const broken = await rejectBroken(session, staging, file.name);
      const rows = await session.first<{ n: number }>(sql`SELECT count(*) AS n FROM ${relation.relation}`);
      return { relation, rows: (rows?.n ?? 0) + broken };
    });
    open.push({ raw: opened.relation, rowsBefore });
    files.push({ name: file.name, rows: opened.rows });
    rowsBefore += opened.rows;
  }
  if (rowsBefore === 0) throw new DomainError('load_no_rows', { file: read.request.file });
  return { open, files };
}

function asUnreadable(error: unknown, file: string): unknown {
  if (error instanceof DomainError || !(error instanceof Error) || 'code' in error) return error;
  if (/No space left|Out of Memory/i.test(error.message)) return error;
  return new DomainError('load_unreadable', { file, reason: error.message.split('\n')[0] }, { cause: error });
}

const mapPart = (
  dialect: Parameters<typeof mapTable>[0]['dialect'],
  options: Parameters<typeof mapTable>[0]['options'],
  part: PlannedPart,
  open: readonly OpenFile[],
): MappedTable => {
  const file = open[part.file];
  if (!file) throw new Error(`file ${part.file} is not open`);
  return mapTable({ dialect, options, table: part.table, recipe: part.recipe, ...file });
};

const readyRelation = (mapped: readonly MappedTable[]): Sql =>
  sql`(${join(
    mapped.map((one) => one.rows),
    ' UNION ALL ',
  )}) AS ready`;

async function isClean(session: Session, mapped: readonly MappedTable[]): Promise<boolean> {
  const bad = await session.first<{ n: number }>(
    sql`SELECT count(*) AS n FROM ${readyRelation(mapped)} WHERE NOT is_good`,
  );
  return bad?.n === 0;
}

/** The rows of a table that are ready: its staging, or its files themselves. */
export async function readyRows<Input>(
  step: StepRun<Input>,
  read: ReadOutput,
  stage: StageOutput,
  table: string,
): Promise<Sql> {
  const staging = stagingOf(step.jobId);
  if (!stage.tables.find((staged) => staged.table === table)?.direct)
    return ident(stagedName(staging, table));
  const { context } = step;
  const { recipe } = findRecipe(context, read.request.recipe);
  const parts = planParts(recipe, read.files, read.request.file).filter((part) => part.table.name === table);
  let rowsBefore = 0;
  const open: OpenFile[] = [];
  for (const [index, file] of read.files.entries()) {
    const needed = parts.some((part) => part.file === index);
    const relation = needed
      ? await sourceNamed(context, file.source).open({
          session: context.engine,
          inspection: file,
          options: recipe.source,
          stagingTable: rawName(staging, index),
          brokenTable: brokenName(staging),
          scratch: scratchOf(context, step.jobId),
        })
      : { relation: raw(''), columns: new Map(), typed: true };
    open.push({ raw: relation, rowsBefore });
    rowsBefore += stage.files[index]?.rows ?? 0;
  }
  return readyRelation(parts.map((part) => mapPart(context.engine.dialect, recipe.source, part, open)));
}
