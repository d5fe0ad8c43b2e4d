import type { Analysis } from '#core/contract/experiments/analyses.ts';
import { runJob, writeInput } from '../files/load.ts';
import type { TestWorkspace } from '../workspace.ts';

export type Asked = Record<string, unknown>;

/** Rows as CSV text, the first of them the header. */
export const csv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map((row) => row.map((cell) => cell ?? '').join(',')).join('\n');

let files = 0;

/** Analyses a CSV by the job; gives its result, or the error it ended with. */
export async function analyseText(
  workspace: TestWorkspace,
  text: string,
  asked: Asked,
): Promise<{ result?: Analysis; error?: { code: string; message: string } }> {
  files += 1;
  const file = writeInput(workspace, `outside-${files}.csv`, text);
  return analyseFile(workspace, file, asked);
}

export async function analyseFile(workspace: TestWorkspace, file: string, asked: Asked) {
  const usual = {
    arm: 'arm',
    control: 'control',
    pairs: false,
    correction: 'holm',
    alpha: 0.05,
    missing: 'drop',
    contaminated: 'exclude',
    early: 'exclude',
    decimal: '.',
    dates: 'iso',
    personal: true,
  };
  const job = await runJob(workspace, 'analyse', { ...usual, file, ...asked });
  return job.error
    ? { error: { code: job.error.code, message: job.error.message } }
    : { result: job.result as Analysis };
}
