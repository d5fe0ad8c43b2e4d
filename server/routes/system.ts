import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { RuleKind } from '#core/contact/rule.ts';
import { contract, endpoints } from '#core/contract/index.ts';
import type { Job } from '#core/contract/jobs.ts';
import { openApi } from '#core/contract/openapi.ts';
import { type LineStep, lineSteps } from '#core/contract/system.ts';
import type { Metric } from '#core/experiment/metric.ts';
import { home } from '../config.ts';
import type { Engine } from '../engine/engine.ts';
import { handle } from '../http/handle.ts';
import type { PlugIn, Registry } from '../registry.ts';
import { currentDataVersion } from '../store/data-version.ts';
import { readLine, type StepRecord } from '../store/line.ts';
import { modelTitles } from '../store/models/model-titles.ts';
import { isSimulated, workspaceToday } from '../store/workspace.ts';

const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };

/** Which kinds of job do which step. */
const jobKinds: Partial<Record<string, LineStep>> = {
  load: 'load',
  sample: 'load',
  simulate: 'load',
  profile: 'profile',
  train: 'train',
  score: 'score',
  assign: 'assign',
  check: 'check',
  export: 'export',
};

type StepState = z.output<typeof contract.system.line.response>['steps'][number];

function stateOf(
  step: LineStep,
  records: ReadonlyMap<LineStep, StepRecord>,
  running: ReadonlySet<LineStep>,
  current: string | null,
): StepState['state'] {
  if (running.has(step)) return 'running';
  const record = records.get(step);
  if (record) return record.data_version !== null && record.data_version !== current ? 'stale' : 'done';
  const before = lineSteps[lineSteps.indexOf(step) - 1];
  const optional = before === 'profile' && records.has('load');
  return !before || records.has(before) || optional ? 'ready' : 'blocked';
}

const parametersOf = (plugIn: PlugIn): unknown => {
  const schema = ('options' in plugIn && plugIn.options) || ('parameters' in plugIn && plugIn.parameters);
  return schema instanceof z.ZodType ? z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) : {};
};

const listed = (plugIns: ReadonlyMap<string, PlugIn>) =>
  [...plugIns].map(([id, plugIn]) => ({ id, ...plugIn.text, parameters: parametersOf(plugIn) }));

const listedMetrics = ({ metrics }: Registry) =>
  listed(metrics).map((metric) => ({ ...metric, unit: (metrics.get(metric.id) as unknown as Metric).unit }));

const listedRules = ({ rules }: Registry) =>
  listed(rules).map((rule) => ({ ...rule, name: (rules.get(rule.id) as unknown as RuleKind).text.name }));

/** Models under the title that what identified their answer allows. */
async function listedModels(engine: Engine, registry: Registry) {
  const titles = await modelTitles(engine, registry);
  return listed(registry.models).map((model) => ({ ...model, title: titles.get(model.id) ?? model.title }));
}

const unfinished = (jobs: readonly Job[]): Job[] =>
  jobs.filter(({ state }) => state === 'running' || state === 'queued' || state === 'cancelling');

const recentJobs = 50;

export const handlers = [
  handle(contract.system.health, async () => ({ ok: true as const, version })),
  handle(contract.system.openapi, async () => openApi(endpoints, version)),
  handle(contract.system.catalogue, async ({ context: { engine, registry } }) => ({
    sources: listed(registry.sources),
    recipes: listed(registry.recipes),
    features: listed(registry.features),
    models: await listedModels(engine, registry),
    learners: listed(registry.learners),
    styles: listed(registry.styles),
    rules: listedRules(registry),
    jurisdictions: listed(registry.jurisdictions),
    destinations: listed(registry.destinations),
    statistics: listed(registry.statistics),
    metrics: listedMetrics(registry),
  })),
  handle(contract.system.line, async ({ context }) => {
    const [records, current, jobs] = await Promise.all([
      readLine(context.engine),
      currentDataVersion(context.engine),
      context.jobs.list(recentJobs, 0),
    ]);
    const running = new Set(unfinished(jobs).flatMap((job) => jobKinds[job.kind] ?? []));
    const steps = lineSteps.map((name): StepState => {
      const record = records.get(name);
      return {
        name,
        state: stateOf(name, records, running, current),
        doneAt: record?.done_at ?? null,
        facts: record?.facts ?? {},
        recordId: record?.record_id ?? null,
      };
    });
    const next = steps.find(({ state }) => state === 'ready' || state === 'stale');
    return {
      steps,
      next: next?.name ?? null,
      workspace: {
        simulated: await isSimulated(context.engine),
        today: await workspaceToday(context),
        dataVersion: current,
      },
      interrupted: jobs.filter(({ state }: Job) => state === 'interrupted'),
    };
  }),
];
