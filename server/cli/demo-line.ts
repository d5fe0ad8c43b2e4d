import type { Batch } from '#core/contract/delivery/batches.ts';
import type { ExportRun } from '#core/contract/delivery/exports.ts';
import type { Experiment } from '#core/contract/experiments/experiments.ts';
import type { Job } from '#core/contract/jobs.ts';
import type { ModelVersion } from '#core/contract/models/models.ts';
import type { Load } from '#core/contract/portfolio/loads.ts';
import type { LineStep } from '#core/contract/system.ts';
import type { Text } from '#core/text/text.ts';
import { asDomainError } from './common.ts';
import type { Connection } from './connection.ts';
import type { DemoPlan } from './demo-plans.ts';

interface StepReport {
  name: LineStep;
  ok: true;
  seconds: number;
  rows: number;
}

export interface DemoReport {
  steps: StepReport[];
  model: {
    version: string;
    auc: number | null;
    aucLower: number | null;
    aucUpper: number | null;
    ks: number | null;
    calibrationSlope: number | null;
    baselineAuc: number | null;
    identification: string;
    n: number;
    rate: number;
    newEntries: { n: number; auc: number | null } | null;
  };
  experiment: {
    id: string;
    arms: Experiment['arms'];
    smallestEffect: number | null;
    answerable: boolean;
    sentence: Text;
    lost: { stage: string; pValue: number | null }[];
  };
  export: { manifest: string | null; rows: number; excluded: number };
}

/** Runs the line on a connection, step by step, each through its own endpoint. */
export async function runLine(
  { client, finished }: Pick<Connection, 'client' | 'finished'>,
  plan: DemoPlan,
  onStep: (step: StepReport) => void,
): Promise<DemoReport> {
  const steps: StepReport[] = [];
  const step = async <T>(name: LineStep, work: () => Promise<T>, rows: (made: T) => number): Promise<T> => {
    const began = performance.now();
    const made = await work();
    const report: StepReport = {
      name,
      ok: true,
      seconds: (performance.now() - began) / 1000,
      rows: rows(made),
    };
    steps.push(report);
    onStep(report);
    return made;
  };
  const outcome = async <T>(job: Job): Promise<T> => {
    const ended = await finished(job, () => {});
    if (ended.state !== 'done') throw asDomainError(ended);
    return ended.result as T;
  };

  await step(
    'load',
    async () =>
      outcome<{ load: Load }>(
        'sample' in plan.load
          ? await client.loads.sample(plan.load.sample as never)
          : await client.loads.create({ body: plan.load }),
      ),
    ({ load }) => load.tables.reduce((sum, table) => sum + table.rows, 0),
  );
  await step(
    'profile',
    async () => outcome<{ rows: number }>(await client.portfolio.profile()),
    ({ rows }) => rows,
  );
  const version = await step(
    'train',
    async () => {
      const training = await client.models.train({ params: { model: 'self-cure' }, body: plan.training });
      const params = await outcome<{ versionId: string }>(training);
      await explainStrong(client, params);
      return client.models.approve({ params, body: { name: 'ensayo demo' } });
    },
    ({ card }) => card.population.n,
  );
  await step(
    'score',
    async () => outcome<{ rows: number }>(await client.scores.create({ body: { versionId: version.id } })),
    ({ rows }) => rows,
  );
  const segment = await step(
    'segment',
    () => client.segments.create({ body: { name: 'En mora temprana', condition: plan.condition } }),
    ({ size }) => size.customers,
  );
  const designed = await step(
    'design',
    async () => {
      for (const { kind, ...stated } of plan.states ?? [])
        await client.messages.state({ params: { kind }, body: { ...stated, name: 'ensayo demo' } });
      return client.experiments.create({ body: designOf(plan, segment.id) });
    },
    ({ sizing }) => sizing.eligible,
  );
  const params = { experimentId: designed.id };
  await step(
    'assign',
    async () => outcome<{ rows: number }>(await client.experiments.assign({ params })),
    ({ rows }) => rows,
  );
  const batch = await step(
    'check',
    async () =>
      outcome<Batch>(await client.batches.create({ params, body: { acceptUnverifiedBy: 'ensayo demo' } })),
    ({ assigned }) => assigned,
  );
  const run = await step(
    'export',
    async () => outcome<ExportRun>(await client.exports.create({ body: { batchId: batch.id } })),
    ({ rows }) => rows,
  );
  const experiment = await client.experiments.get({ params });
  return {
    steps,
    model: modelReport(version),
    experiment: experimentReport(experiment),
    export: exportReport(run),
  };
}

const designOf = (plan: DemoPlan, segmentId: string) => ({
  name: 'Qué estilo ayuda a ponerse al día',
  segmentId,
  control: 'neutral',
  arms: ['neutral', 'loss_aversion', 'social_proof'].map((name) => ({
    name,
    weight: 1,
    touches: [{ style: name, channel: plan.channel, templates: [plan.channel] }],
  })),
  ...(plan.sendOn ? { sendOn: plan.sendOn } : {}),
  ...(plan.assume ? { assume: plan.assume } : {}),
});

function modelReport({ id, card }: ModelVersion): DemoReport['model'] {
  const main = card.results.find(({ population }) => population === 'all');
  const entries = card.results.find(({ population }) => population === 'new_entries');
  const alone = card.baselines.find((baseline) => baseline.id === 'days_past_due')?.results[0];
  return {
    version: id,
    auc: main?.auc.estimate ?? null,
    aucLower: main?.auc.lower ?? null,
    aucUpper: main?.auc.upper ?? null,
    ks: main?.ks ?? null,
    calibrationSlope: main?.calibrationSlope ?? null,
    baselineAuc: alone?.auc.estimate ?? null,
    identification: card.identification,
    n: card.population.n,
    rate: card.population.rate,
    newEntries: entries ? { n: entries.n, auc: entries.auc.estimate } : null,
  };
}

const experimentReport = (experiment: Experiment): DemoReport['experiment'] => ({
  id: experiment.id,
  arms: experiment.arms,
  smallestEffect: experiment.sizing.smallestEffect,
  answerable: experiment.sizing.answerable,
  sentence: experiment.sizing.sentence,
  lost: experiment.lost.map(({ stage, pValue }) => ({ stage, pValue })),
});

const exportReport = (run: ExportRun): DemoReport['export'] => ({
  manifest: run.manifestPath,
  rows: run.rows,
  excluded: run.excluded,
});

/** Writes why each very strong column is known in time, in the words of its family, as a person would. */
async function explainStrong(client: Connection['client'], params: { versionId: string }): Promise<void> {
  const { card } = await client.models.get({ params });
  const reasons = Object.fromEntries(
    card.leakReasons
      .filter(({ reason }) => !reason)
      .map(({ column }) => [column, card.features.find(({ name }) => name === column)?.known?.en ?? column]),
  );
  if (Object.keys(reasons).length > 0)
    await client.versionStates.explain({ params, body: { name: 'ensayo demo', reasons } });
}
