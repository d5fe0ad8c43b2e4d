import type { z } from 'zod';
import type { profileResult } from '#core/contract/portfolio/quality.ts';
import { dataVersion } from '../../store/data-version.ts';
import { readLoad } from '../../store/loading/loads.ts';
import { loadsReported, type QualityReport, saveQuality } from '../../store/portfolio/quality.ts';
import { liveLoads } from '../../store/portfolio/quality-scope.ts';
import { instant } from '../../store/workspace.ts';
import { jobKind, type StepRun } from '../job.ts';
import { runChecks } from '../profiling/checks.ts';
import { type ColumnsOutput, profileColumns } from '../profiling/columns.ts';
import { type DriftOutput, findDrift } from '../profiling/drift.ts';

type ProfileResult = z.output<typeof profileResult>;
interface ProfileInput {
  load?: number | undefined;
}
interface Outputs {
  columns: ColumnsOutput & { dataVersion: string };
  drift: DriftOutput;
  checks: { report: QualityReport };
  /** Absent in jobs of the first version. */
  loads?: { loads: number[] };
}
type Step = StepRun<ProfileInput>;

/** Loads without a report that one run gives one; the newest first. */
const mostLoads = 24;

const outputsOf = (step: Step): Outputs => step.outputs as unknown as Outputs;
const subject = ({ input }: Step): number | null => input.load ?? null;

/** The whole report about one load, in one go. */
async function reportOn(step: Step, load: number, progress: (note: string) => void): Promise<QualityReport> {
  const note = (_: number, words: string) => progress(words);
  const described = await profileColumns(step, load, note);
  const drift = await findDrift(step, load, described, note);
  return runChecks(step, load, described, drift, note);
}

/** Reports on live loads that have none; the only load there is has the report of everything. */
async function reportOnLoads(step: Step) {
  const { engine } = step.context;
  const reported = await loadsReported(engine);
  const wanted = subject(step) === null ? await liveLoads(engine) : [];
  const loads = wanted
    .map(({ id }) => id)
    .filter((id) => !reported.has(id))
    .slice(-mostLoads);
  const reports: { load: number; report: QualityReport }[] = [];
  const only = wanted.length === 1;
  for (const [i, load] of loads.entries()) {
    const report = only
      ? { ...outputsOf(step).checks.report, load }
      : await reportOn(step, load, (words) => step.progress(i / loads.length, words));
    reports.push({ load, report });
  }
  return {
    output: { loads },
    publish: async (session: Parameters<typeof saveQuality>[0]) => {
      for (const { load, report } of reports) await save(session, step, `${step.jobId}-${load}`, report);
    },
  };
}

const save = (
  session: Parameters<typeof saveQuality>[0],
  step: Step,
  id: string,
  report: QualityReport,
): Promise<void> =>
  saveQuality(session, {
    id,
    dataVersion: outputsOf(step).columns.dataVersion,
    report,
    at: instant(step.context.now()),
    by: step.by,
  });

/**
 * Describes every column, compares loads and months, and looks for what can be wrong: of everything that is live, or
 * of what one load brought. With everything, live loads that have no report of their own get one.
 */
export default jobKind<ProfileInput>({
  steps: [
    {
      name: 'columns',
      run: async (step) => {
        const version = await dataVersion(step.context.engine);
        const load = subject(step);
        if (load !== null) await readLoad(step.context.engine, load);
        return { output: { dataVersion: version, ...(await profileColumns(step, load, step.progress)) } };
      },
    },
    {
      name: 'drift',
      run: async (step) => ({
        output: await findDrift(step, subject(step), outputsOf(step).columns, step.progress),
      }),
    },
    {
      name: 'checks',
      run: async (step) => {
        const { columns, drift } = outputsOf(step);
        return {
          output: { report: await runChecks(step, subject(step), columns, drift, step.progress) },
        };
      },
    },
    { name: 'loads', run: reportOnLoads },
    {
      name: 'write',
      run: async (step) => ({
        output: {},
        publish: (session) => save(session, step, step.jobId, outputsOf(step).checks.report),
      }),
    },
  ],
  result: (outputs): ProfileResult => {
    const { checks, loads } = outputs as unknown as Outputs;
    return {
      rows: checks.report.rows,
      verdict: checks.report.verdict,
      remarks: checks.report.checks.filter((check) => !check.passed).length,
      loads: loads?.loads ?? [],
    };
  },
  audit: (outputs) => ({ verdict: (outputs as unknown as Outputs).checks.report.verdict }),
});
