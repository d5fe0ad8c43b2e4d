import { rm } from 'node:fs/promises';
import type { Load } from '#core/contract/portfolio/loads.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { TextValues } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';
import { factsOf } from '../../sources/read-through.ts';
import { workspaceNow } from '../../store/contact/contact-ledger.ts';
import { recallsOfLoad } from '../../store/events/recalls.ts';
import { dropForgotten } from '../../store/keeping/returning.ts';
import { publishLoad } from '../../store/loading/load-tables.ts';
import { readLoad } from '../../store/loading/loads.ts';
import { dropReserved } from '../../store/loading/reserved-loads.ts';
import { dropStaging, stagingOf } from '../../store/loading/staging.ts';
import { instant } from '../../store/workspace.ts';
import type { Step, StepRun } from '../job.ts';
import { type CheckOutput, checkRows } from './check.ts';
import { type ReadOutput, readFiles } from './read.ts';
import { type LoadRequest, scratchOf } from './request.ts';
import { type StageOutput, stageFiles, storedParts } from './stage.ts';

export interface PublishOutput {
  load: Load;
  unchanged: boolean;
  /** Messages that left and that its rows call back. */
  recalls?: number;
}

export interface LoadingOptions<Input> {
  request(step: StepRun<Input>): LoadRequest;
  /** Further writes of the same transaction that publishes the load. */
  alongside?(session: Session, step: StepRun<Input>, load: Load): Promise<void>;
}

/**
 * The steps of every load: read, stage, check, publish. Files that a live load holds already end it at once,
 * with that load as the result.
 */
export function loadingSteps<Input>(options: LoadingOptions<Input>): Step<Input>[] {
  const readOf = (step: StepRun<Input>) => step.outputs.read as ReadOutput;
  const stageOf = (step: StepRun<Input>) => step.outputs.stage as StageOutput;
  return [
    {
      name: 'read',
      run: async (step) => ({ output: await readFiles(step, options.request(step)) }),
    },
    {
      name: 'stage',
      run: async (step) => ({
        output: readOf(step).same === null ? await stageFiles(step, readOf(step)) : null,
      }),
    },
    {
      name: 'check',
      run: async (step) => ({
        output:
          readOf(step).same === null ? await checkRows(step, readOf(step), stageOf(step)) : { rejected: 0 },
      }),
    },
    { name: 'publish', run: (step) => publish(step, options) },
  ];
}

async function publish<Input>(step: StepRun<Input>, options: LoadingOptions<Input>) {
  const { context } = step;
  const read = step.outputs.read as ReadOutput;
  const stage = step.outputs.stage as StageOutput;
  const check = step.outputs.check as CheckOutput;
  if (read.same !== null) {
    const load = await readLoad(context.engine, read.same);
    return {
      output: { load, unchanged: true } satisfies PublishOutput,
      publish: async (session: Session) => {
        await options.alongside?.(session, step, load);
        await rm(scratchOf(context, step.jobId), { recursive: true, force: true });
      },
    };
  }
  await refuseChanged(read);
  const parts = storedParts(read, stage);
  const output: PublishOutput = { load: undefined as never, unchanged: false };
  return {
    output,
    publish: async (session: Session) => {
      await publishLoad(session, {
        staging: stagingOf(step.jobId),
        loadId: stage.loadId,
        tables: stage.tables.flatMap((staged) => {
          const part = parts.find(({ table }) => table.name === staged.table);
          return part ? [{ ...staged, table: part.table, into: part.into }] : [];
        }),
        recipe: read.request.recipe,
        recipeHash: read.recipeHash,
        files: read.files.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
        rejected: check.rejected,
        simulated: read.request.simulated,
        by: step.by,
        loadedAt: instant(context.now()),
      });
      await dropForgotten(context, session, stage.loadId);
      const recalls = await recallsOfLoad(session, stage.loadId, {
        dialect: context.engine.dialect,
        now: await workspaceNow(context, session),
        at: instant(context.now()),
      });
      if (recalls > 0) output.recalls = recalls;
      output.load = await readLoad(session, stage.loadId);
      await options.alongside?.(session, step, output.load);
      await rm(scratchOf(context, step.jobId), { recursive: true, force: true });
    },
  };
}

/** @throws load_file_changed */
async function refuseChanged(read: ReadOutput): Promise<void> {
  for (const file of read.files) {
    const now = await factsOf(file.path, file.name);
    if (now.bytes !== file.bytes || now.modifiedMs !== file.modifiedMs)
      throw new DomainError('load_file_changed', { file: file.name });
  }
}

/** Removes the staging and the temporary files of a load that did not end well. */
export async function cleanUpLoading({ context, jobId }: { context: Context; jobId: string }): Promise<void> {
  await dropReserved(context.engine, jobId);
  await dropStaging(context.engine, stagingOf(jobId));
  await rm(scratchOf(context, jobId), { recursive: true, force: true });
}

export const loadingResult = (outputs: Record<string, unknown>): unknown => outputs.publish;

/** Figures of a load for the audit log. */
export function loadingAudit(outputs: Record<string, unknown>): TextValues {
  const { load, unchanged } = outputs.publish as PublishOutput;
  return { loadId: load.loadId, recipe: load.recipe, rejected: load.rejected, unchanged };
}
