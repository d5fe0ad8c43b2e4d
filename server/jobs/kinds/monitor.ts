import type { z } from 'zod';
import type { contract } from '#core/contract/index.ts';
import type { Light } from '#core/contract/models/feature-report.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { worst } from '#models/monitoring/watches.ts';
import { dataVersion } from '../../store/data-version.ts';
import { keepReport } from '../../store/portfolio/reports.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';
import { type KeptMonitoring, monitorVersion } from '../monitoring/version.ts';
import { watchedVersions } from '../monitoring/watched.ts';

export type MonitorInput = z.output<typeof contract.monitoring.make.body>;

interface Found {
  versions: { versionId: string; model: string; light: Light; dates: number }[];
  light: Light;
}

async function monitor(step: StepRun<MonitorInput>): Promise<StepResult> {
  const { context, input } = step;
  const { engine } = context;
  const versions = await watchedVersions(context, input.model);
  if (versions.length === 0) throw new DomainError('nothing_to_monitor', { model: input.model ?? 'none' });
  const data = await dataVersion(engine);
  const found: KeptMonitoring[] = [];
  for (const [i, version] of versions.entries()) {
    const done = i / versions.length;
    step.progress(done, version.model);
    found.push(
      await monitorVersion(context, version, {
        checkCancelled: () => step.checkCancelled(),
        onDate: (asOf) => step.progress(done, `${version.model} · ${asOf}`),
      }),
    );
  }
  const madeAt = context.now().toISOString();
  const about = found.map(({ versionId, model, light, dates }) => ({
    versionId,
    model,
    light,
    dates: dates.length,
  }));
  return {
    output: { versions: about, light: worst(about.map(({ light }) => light)) } satisfies Found,
    publish: async (session) => {
      for (const one of found)
        await keepReport(
          session,
          { kind: 'monitoring', subject: one.versionId, dataVersion: data, madeAt, by: step.by },
          one,
        );
    },
  };
}

/** Looks at every approved version: whether scores and columns moved, and how matured scores did. */
export default jobKind<MonitorInput>({
  steps: [{ name: 'monitor', run: monitor }],
  result: (outputs) => outputs.monitor,
  audit: (outputs) => {
    const { versions, light } = outputs.monitor as Found;
    return { versions: versions.length, light };
  },
});
