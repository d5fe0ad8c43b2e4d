import type {
  AnalysedEffect,
  AnalysedMetric,
  Analysis,
  AnalysisWarning,
} from '#core/contract/experiments/analyses.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { columnsOf } from '#core/experiment/estimating/columns.ts';
import { quantileOf } from '#core/experiment/estimating/quantile.ts';
import { baselineSql, readBaseline } from '#core/experiment/evidence/baseline.ts';
import { momentsOf } from '#core/experiment/evidence/moments.ts';
import { baselineBalance } from '#core/experiment/monitoring/baseline-balance.ts';
import { ratioCheck } from '#core/experiment/monitoring/stages.ts';
import { trustOf, warns } from '#core/experiment/monitoring/trust.ts';
import { columnNamed, marginsIn, namesIn } from '#core/experiment/outside/asked.ts';
import { compareBy } from '#core/experiment/outside/compare.ts';
import {
  askedMethods,
  type MetricShape,
  type Statistics,
  usualMethods,
} from '#core/experiment/outside/methods.ts';
import { cappedId, unitsSql, unitTableOf } from '#core/experiment/outside/units.ts';
import { type JudgedEffect, verdictsOf } from '#core/experiment/outside/verdicts.ts';
import { shownP, warning } from '#core/experiment/outside/warnings.ts';
import { holm } from '#core/stats/multiplicity.ts';
import type { Text } from '#core/text/text.ts';
import type { StepRun } from '../job.ts';
import { type Arms, readArms } from './arms.ts';
import { TableEvidence } from './evidence.ts';
import { type MeasuredMetric, measureMetrics } from './metrics.ts';
import type { AnalysisInput, OpenedTable } from './open.ts';
import { prepare } from './prepare.ts';

/** Share of units in two arms from which nothing may be read. */
const mostContaminated = 0.01;

/** Compares the arms of an opened table: counts, effects by every method, checks, verdicts. */
export async function compareTable(step: StepRun<AnalysisInput>, opened: OpenedTable): Promise<Analysis> {
  const { engine, registry, config } = step.context;
  const { input } = step;
  const prepared = await prepare(step, opened);
  const { warnings } = prepared;
  const tell = (found: AnalysisWarning) => warnings.push(found);
  const units = unitsSql(engine.dialect, prepared.table);
  step.progress(0.3);
  const arms = await readArms(engine, units, prepared.table, input, tell, config.language);
  const metrics = await measureMetrics(step, units, prepared.table, tell);
  const clustered = { ...prepared.table, cluster: arms.cluster };
  const grouped = unitsSql(engine.dialect, clustered);
  step.checkCancelled();
  step.progress(0.5);
  const caps = new Map(metrics.flatMap(({ id, cap }) => (cap === null ? [] : [[id, cap] as const])));
  const evidence = await TableEvidence.read(engine, unitTableOf(grouped, clustered, caps));
  step.progress(0.8);
  await checkStrata(evidence, prepared.table.strata, arms, tell, config.language);
  await checkBaseline(step, evidence, arms, tell);
  const shapes = metrics.flatMap((metric) => {
    const of = (id: string): MetricShape & MeasuredMetric => ({
      ...metric,
      id,
      clustered: arms.cluster !== null,
      strata: prepared.table.strata.length > 0,
      covariates: prepared.table.covariates.length > 0,
      fewest: null,
    });
    return metric.cap === null ? [of(metric.id)] : [of(metric.id), of(cappedId(metric.id))];
  });
  const found = await compareAll(step, evidence, shapes, arms, registry.statistics as unknown as Statistics);
  const invalid = arms.ratio.invalid ? lostPeople : prepared.contaminated > mostContaminated ? mixed : null;
  return {
    arms: found.arms,
    sampleRatio: { pValue: arms.ratio.pValue, ok: arms.ratio.ok },
    effects: found.effects,
    warnings,
    verdicts: verdictsOf(found.judged, input, invalid, config.language),
  };
}

const lostPeople: Text = {
  es: 'Los brazos no tienen la gente que les tocaba: no se puede leer ningún efecto.',
  en: 'The arms do not have the people they should: no effect can be read.',
};
const mixed: Text = {
  es: 'Demasiadas unidades estaban en dos brazos: no se puede leer ningún efecto.',
  en: 'Too many units were in two arms: no effect can be read.',
};

const mostStrata = 2000;

async function checkStrata(
  { cells }: TableEvidence,
  columns: readonly string[],
  { weights }: Arms,
  tell: (found: AnalysisWarning) => void,
  language: 'es' | 'en',
): Promise<void> {
  const names = new Set(cells.map(({ stratum }) => stratum));
  if (names.size > mostStrata)
    throw new DomainError('analysis_strata_many', { columns: columns.join(', '), n: names.size });
  if (names.size < 2) return;
  const check = ratioCheck(
    cells.map(({ arm, stratum, units }) => ({ arm, stratum, day: '', n: units, of: units })),
    weights,
  );
  if (check.withinP !== null && trustOf(check.withinP) !== 'good')
    tell(
      warning('sample_ratio_stratum', { stratum: check.within!.name, p: shownP(check.withinP) }, language),
    );
}

async function checkBaseline(
  { context }: StepRun<AnalysisInput>,
  { table }: TableEvidence,
  { names, control }: Arms,
  tell: (found: AnalysisWarning) => void,
): Promise<void> {
  if (table.covariates.length === 0 || table.cluster !== null) return;
  const cells = readBaseline(table, await context.engine.rows(baselineSql(context.engine.dialect, table)));
  const others = names.filter((arm) => arm !== control);
  const pValues = holm(others.map((arm) => baselineBalance(cells, [control, arm]).pValue ?? 1));
  for (const [i, arm] of others.entries())
    if (pValues[i]! < warns)
      tell(warning('baseline_imbalance', { arm, control, p: shownP(pValues[i]!) }, context.config.language));
}

async function compareAll(
  { input, context }: StepRun<AnalysisInput>,
  evidence: TableEvidence,
  shapes: readonly (MetricShape & MeasuredMetric)[],
  { names, control, rows }: Arms,
  statistics: Statistics,
) {
  const effects: AnalysedEffect[] = [];
  const judged: JudgedEffect[] = [];
  const arms = rows.map(({ arm, n }) => ({ arm, n, metrics: {} as Record<string, AnalysedMetric> }));
  const ids = shapes.map(({ id }) => id);
  const lower = new Set(namesIn(input.lowerIsBetter).map((name) => columnNamed(name, ids)));
  const margins = marginsIn(input.margin, ids);
  const pairs = names.flatMap((arm, i) =>
    names.slice(0, i).flatMap((other) => (input.pairs || other === control ? [[other, arm] as const] : [])),
  );
  for (const shape of shapes) {
    for (const one of arms) one.metrics[shape.id] = await figureOf(evidence, shape, one.arm);
    for (const [other, arm] of pairs) {
      const named = { metric: shape.id, arm, control: other };
      const here = {
        ...shape,
        fewest: shape.kind === 'proportion' ? fewestOf(evidence, shape.id, [other, arm]) : null,
      };
      const methods = [
        ...usualMethods(here, statistics, input.alpha),
        ...askedMethods(namesIn(input.method), here, statistics, input.alpha),
      ];
      const compared: { effect: AnalysedEffect; judges: boolean }[] = [];
      for (const method of methods) {
        const { needs } = statistics.get(method.statistic)!;
        const seen = await evidence.of(needs, shape.id, [other, arm], shape.quantile);
        compared.push({ effect: compareBy(method, statistics, named, seen), judges: method.judges });
      }
      effects.push(...compared.map(({ effect }) => effect));
      const speaking = compared.filter(({ judges }) => judges).map(({ effect }) => effect);
      const effect = speaking.find(({ adjusted }) => adjusted) ?? speaking.at(-1);
      if (!effect || shape.id.endsWith(':capped')) continue;
      judged.push({
        kind: shape.kind,
        better: lower.has(shape.id) ? 'lower' : 'higher',
        margin: margins.get(shape.id) ?? null,
        effect,
        armValue: arms.find((one) => one.arm === arm)!.metrics[shape.id]!.value,
        controlValue: arms.find((one) => one.arm === other)!.metrics[shape.id]!.value,
      });
    }
    context.log.debug({ metric: shape.id }, 'compared');
  }
  return { effects, judged, arms };
}

/** Fewest people with, or without, the outcome that either arm would have were there no effect. */
function fewestOf({ cells }: TableEvidence, id: string, arms: readonly [string, string]): number {
  const sides = arms.map((arm) => momentsOf(cells, id, { arm }));
  const people = sides.reduce((sum, { n }) => sum + n, 0);
  const share = sides.reduce((sum, { sums }) => sum + sums[0]!, 0) / people;
  return Math.min(...sides.map(({ n }) => n * Math.min(share, 1 - share)));
}

async function figureOf(
  evidence: TableEvidence,
  { id, kind, quantile, missing }: MetricShape & MeasuredMetric,
  arm: string,
): Promise<AnalysedMetric> {
  const moments = momentsOf(evidence.cells, id, { arm });
  const { n, means, covariance } = columnsOf(moments);
  const base = { kind, n, missing: missing.get(arm) ?? 0 };
  if (n === 0) return { ...base, value: null, standardDeviation: null };
  const standardDeviation = n > 1 && kind !== 'ratio' ? Math.sqrt(covariance[0]![0]!) : null;
  if (kind === 'ratio') return { ...base, value: means[1] ? means[0]! / means[1] : null, standardDeviation };
  if (kind !== 'quantile') return { ...base, value: means[0]!, standardDeviation };
  const histogram = (await evidence.histograms(id, quantile)).get(arm);
  const value = histogram ? quantileOf(histogram, quantile ?? 0.5, 0.05)?.value : null;
  return { ...base, value: value ?? null, standardDeviation };
}
