import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Job } from '#core/contract/jobs.ts';
import type { Load } from '#core/contract/portfolio/loads.ts';
import type { TestWorkspace } from '../workspace.ts';

/** Writes a file into the workspace's own folder and gives its path. */
export function writeInput(workspace: TestWorkspace, name: string, content: string | Uint8Array): string {
  const path = join(workspace.folder, 'input', name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** Runs a job to its end. */
export async function runJob({ context }: TestWorkspace, kind: string, input: unknown): Promise<Job> {
  const { id } = await context.jobs.submit({ kind, input, by: 'owner' });
  return context.jobs.finished(id);
}

export interface Loaded {
  load: Load;
  unchanged: boolean;
}

/** Loads a file, which must go well. */
export async function loadFile(
  workspace: TestWorkspace,
  file: string | readonly string[],
  recipe = 'ensayo',
  maxRejectedShare = 0,
): Promise<Loaded> {
  const job = await runJob(workspace, 'load', { file, recipe, maxRejectedShare });
  if (job.error) throw new Error(`${job.error.code}: ${job.error.message}`);
  return job.result as Loaded;
}

/** Loads a file, which must fail, and gives the error. */
export async function failToLoad(
  workspace: TestWorkspace,
  file: string | readonly string[],
  recipe = 'ensayo',
  maxRejectedShare = 0,
): Promise<NonNullable<Job['error']>> {
  const job = await runJob(workspace, 'load', { file, recipe, maxRejectedShare });
  if (!job.error) throw new Error(`the load went well: ${JSON.stringify(job.result)}`);
  return job.error;
}
