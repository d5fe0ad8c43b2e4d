import { DomainError, isErrorCode, messageOf } from '#core/errors/domain-error.ts';
import type { Locale } from '#core/text/text.ts';
import type { Session } from '../../engine/engine.ts';
import {
  countRejects,
  firstRejects,
  placeRejects,
  type RejectRow,
  rejectedPositions,
} from '../../store/loading/rejects.ts';
import { dropRejected, settleRepeats } from '../../store/loading/repeats.ts';
import { stagingOf } from '../../store/loading/staging.ts';
import type { StepRun } from '../job.ts';
import type { ReadOutput } from './read.ts';
import { sourceNamed } from './request.ts';
import { type StageOutput, type StoredPart, storedParts } from './stage.ts';

export interface CheckOutput {
  /** Rows of files with at least one broken rule. */
  rejected: number;
}

const shownRejects = 20;
/** Of more rejected rows than this in one file, only the first are told their line. */
const placedRejects = 10_000;

/**
 * Takes rejected rows out of every table their file feeds, settles repeated keys, and holds the rejects against the
 * limit, file by file.
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
  await settleRows(step, storedParts(read, stage));
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

/** Rejected rows go whole; a row rejected for a key it repeats in one table goes from the others too. */
async function settleRows<Input>(step: StepRun<Input>, parts: readonly StoredPart[]): Promise<void> {
  const staging = stagingOf(step.jobId);
  const dropAll = (session: Session) =>
    parts
      .filter(({ alone, members }) => !alone || members > 1)
      .reduce<Promise<unknown>>(
        (before, part) => before.then(() => dropRejected(session, staging, part)),
        Promise.resolve(),
      );
  const tables = [...new Set(parts.map(({ into }) => into))];
  await step.context.engine.transaction(dropAll);
  for (const into of tables) {
    step.checkCancelled();
    const group = parts.filter((part) => part.into === into);
    step.progress(null, group[0]?.table.name);
    await step.context.engine.transaction(async (session) => {
      const repeats = group[0]?.recipe.repeats ?? 'reject';
      if (await settleRepeats(session, staging, group, repeats)) await dropAll(session);
    });
  }
}

function describe(reject: RejectRow, locale: Locale): string {
  const code = isErrorCode(reject.reason) ? reject.reason : 'reject_not_readable';
  const place = `${reject.file}${reject.line === null ? ` #${reject.row_number}` : `:${reject.line}`}`;
  return `${place} ${messageOf(code, locale, { column: reject.column_name, value: reject.value })}`;
}
