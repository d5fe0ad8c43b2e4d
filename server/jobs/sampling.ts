import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { model } from '#data/generator/model.ts';
import {
  chunksOf,
  partPath,
  planSample,
  type SampleInput,
  stateName,
  truthName,
} from '#data/generator/plan.ts';
import { describeTruth } from '#data/generator/truth.ts';
import type { Context } from '../context.ts';
import type { Session } from '../engine/engine.ts';
import { writeSimulation } from '../store/experiments/simulation.ts';
import type { StepRun } from './job.ts';

/** Folder of a generated portfolio: the same input and model always give the same folder. */
export function sampleFolder(context: Context, input: SampleInput): string {
  const { accounts, seed, months, lottery } = input;
  const drawn = lottery ? { lottery } : {};
  const name = bytesToHex(
    sha256(utf8ToBytes(JSON.stringify({ accounts, seed, months, model, ...drawn }))),
  ).slice(0, 16);
  return join(context.config.workspace, 'sample', name);
}

/** Folder being written; renamed when whole. */
const unfinished = (folder: string, jobId: string): string => `${folder}.${jobId}`;

/** Name of a job's scratch database. */
export const scratchName = (jobId: string): string => `scratch_${jobId.replaceAll('-', '_')}`;

/**
 * Writes the portfolio's Parquet files with its truth beside them, unless the folder is already there.
 *
 * @throws cancelled
 */
export async function generateSample(
  step: StepRun<SampleInput>,
): Promise<{ folder: string; reused: boolean }> {
  const { context, input } = step;
  const { engine } = context;
  const folder = sampleFolder(context, input);
  if (existsSync(folder)) return { folder, reused: true };
  const making = unfinished(folder, step.jobId);
  const scratch = scratchName(step.jobId);
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { recursive: true });
  await engine.run(engine.dialect.detachScratch(scratch));
  await engine.run(engine.dialect.attachScratch(scratch));
  try {
    const plan = [...planSample(engine.dialect, input, scratch, making)];
    for (const [done, { note, statements }] of plan.entries()) {
      step.progress(done / plan.length, note);
      for (const statement of statements) {
        step.checkCancelled();
        await engine.run(statement);
      }
    }
    await writeFile(join(making, 'truth.json'), `${JSON.stringify(describeTruth(input), null, 2)}\n`);
    await rename(making, folder);
  } catch (error) {
    await rm(making, { recursive: true, force: true });
    throw error;
  } finally {
    await engine.run(engine.dialect.detachScratch(scratch));
  }
  return { folder, reused: false };
}

/** What a run that did not end well left behind. */
export async function forgetSample(context: Context, jobId: string, input: SampleInput): Promise<void> {
  await rm(unfinished(sampleFolder(context, input), jobId), { recursive: true, force: true });
  await context.engine.run(context.engine.dialect.detachScratch(scratchName(jobId)));
}

/** Files of a table in a sample's folder, chunk by chunk, relative to the workspace. */
const parts = (context: Context, folder: string, name: string, accounts: number): string[] =>
  Array.from({ length: chunksOf(accounts) }, (_, i) =>
    relative(context.config.workspace, partPath(folder, name, i + 1)),
  );

/** Marks the workspace as simulated and sets its clock to the last date of the sample. */
export async function startClock(
  session: Session,
  { context, input }: StepRun<SampleInput>,
  folder: string,
  loadId: number,
): Promise<void> {
  await writeSimulation(session, {
    seed: input.seed,
    months: input.months,
    truth: parts(context, folder, truthName, input.accounts),
    reached: [
      {
        today: model.lastMonthEnd,
        loadId,
        state: parts(context, folder, stateName, input.accounts),
        planned: null,
      },
    ],
  });
}
