import { DomainError, isErrorCode, messageOf } from '#core/errors/domain-error.ts';
import { tableNamed } from '#core/portfolio/tables.ts';
import type { Locale } from '#core/text/text.ts';
import {
  countRejects,
  firstRejects,
  placeRejects,
  type RejectRow,
  rejectedPositions,
  settleRepeats,
  stagingOf,
} from '../../store/staging.ts';
import type { StepRun } from '../job.ts';
import { planParts } from './plan.ts';
import type { ReadOutput } from './read.ts';
import { findRecipe, sourceNamed } from './request.ts';
import type { StageOutput } from './stage.ts';

export interface CheckOutput {
  /** Rows of files with at least one broken rule. */
  rejected: number;
}

const shownRejects = 20;
/** Of more rejected rows than this in one file, only the first are told their line. */
const placedRejects = 10_000;

/**
 * Settles repeated keys and holds the rejects against the limit, file by file.
 *
 * @throws load_too_many_rejects
 */
export async function checkRows<Input>(
  step: StepRun<Input>,
  read: ReadOutput,
  stage: StageOutput,
): Promise<CheckOutput> {
  const { engine } = step.context;
  const staging = stagingOf(step.jobId);
  const { recipe } = findRecipe(step.context, read.request.recipe);
  const parts = planParts(recipe, read.files, read.request.file);
  for (const { table, waiting } of stage.tables) {
    step.checkCancelled();
    step.progress(null, table);
    const repeats = parts.find((part) => part.table.name === table)?.recipe.repeats ?? 'reject';
    const canonical = tableNamed(table);
    if (canonical && waiting === 'staged')
      await engine.transaction((session) => settleRepeats(session, staging, canonical, repeats));
  }
  for (const file of read.files) {
    const locate = sourceNamed(step.context, file.source).locate;
    if (!locate) continue;
    const { any, positions } = await rejectedPositions(engine, staging, file.name, placedRejects);
    if (any) await placeRejects(engine, staging, file.name, await locate(file, positions));
  }
  const rejected = await countRejects(engine, staging);
  const limit = read.request.maxRejectedShare;
  for (const { file, rows } of rejected) {
    const of = stage.files.find((one) => one.name === file)?.rows ?? 0;
    if (rows <= limit * of) continue;
    const first = await firstRejects(engine, staging, shownRejects);
    throw new DomainError('load_too_many_rejects', {
      file,
      rows: of,
      rejected: rows,
      share: rows / of,
      limit,
      first_es: first[0] ? describe(first[0], 'es') : '',
      first_en: first[0] ? describe(first[0], 'en') : '',
      rejects: JSON.stringify(first),
    });
  }
  return { rejected: rejected.reduce((sum, { rows }) => sum + rows, 0) };
}

function describe(reject: RejectRow, locale: Locale): string {
  const code = isErrorCode(reject.reason) ? reject.reason : 'reject_not_readable';
  const place = `${reject.file}${reject.line === null ? ` #${reject.row_number}` : `:${reject.line}`}`;
  return `${place} ${messageOf(code, locale, { column: reject.column_name, value: reject.value })}`;
}
