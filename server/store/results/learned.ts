import { v7 as uuidv7 } from 'uuid';
import type { Output } from '#core/contract/endpoint.ts';
import type { ExperimentResults, OutsideResult, ResultEffect } from '#core/contract/experiments/results.ts';
import type { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Metric } from '#core/experiment/metric.ts';
import { learnedFrom, outsideTrial, type Trial } from '#core/experiment/results/learned.ts';
import type { Context } from '../../context.ts';
import { writeAudit } from '../audit.ts';
import { readDesigns } from '../experiments/designs.ts';
import { readEvents } from '../experiments/events.ts';
import { readSegment } from '../segments/segments.ts';
import { instant } from '../workspace.ts';
import { readLooks } from './looks.ts';
import { insertOutside, readOutside } from './outside.ts';
import { readResults } from './results.ts';

type Learned = Output<typeof contract.experimentResults.learned>;

const decided: readonly ExperimentResults['verdict']['kind'][] = [
  'better',
  'worse',
  'equivalent',
  'inconclusive',
  'stopped_for_harm',
];

/** One line for each arm of each decided experiment, and of those run elsewhere, with a summary over trials. */
export async function readLearned(context: Context): Promise<Learned> {
  const { engine } = context;
  const trials: Trial[] = await readOutside(engine);
  for (const record of await readDesigns(engine)) {
    if (record.state === 'draft') continue;
    const results = await readResults(context, record.id);
    if (!decided.includes(results.verdict.kind)) continue;
    const events = await readEvents(engine, record.id);
    const looks = await readLooks(engine, record.id);
    const primary = results.metrics.find(({ role }) => role === 'primary');
    const population = await readSegment(engine, record.design.segmentId).then(
      ({ name }) => name,
      () => record.design.segmentId,
    );
    const styleOf = (arm: string): string => {
      const styles = new Set(
        record.design.arms.find(({ name }) => name === arm)?.touches.map(({ style }) => style),
      );
      return styles.size === 1 ? [...styles][0]! : styles.size === 0 ? 'silence' : arm;
    };
    for (const { arm, control, judged } of primary?.comparisons ?? [])
      trials.push({
        experimentId: record.id,
        name: record.design.name,
        style: styleOf(arm),
        control: styleOf(control),
        metric: primary!.id,
        horizonDays: primary!.horizonDays,
        population,
        decidedOn: events.findLast(({ kind }) => kind === 'decided')?.on ?? looks.at(-1)?.on ?? null,
        verdict: results.verdict.arms.find((one) => one.arm === arm)?.kind ?? results.verdict.kind,
        effect: judged satisfies ResultEffect,
      });
  }
  return learnedFrom(trials);
}

/** Writes the result of an experiment run elsewhere into the library. @throws metric_unknown */
export async function learn(
  context: Context,
  given: OutsideResult,
  by: string,
): Promise<Output<typeof contract.experimentResults.learn>> {
  const { engine, registry } = context;
  const metric = registry.metrics.get(given.metric) as unknown as Metric | undefined;
  if (!metric)
    throw new DomainError('metric_unknown', {
      metric: given.metric,
      known: [...registry.metrics.keys()].join(', '),
    });
  const trial = outsideTrial(uuidv7(), given, metric.better);
  const at = instant(context.now());
  await engine.transaction(async (session) => {
    await insertOutside(session, trial, at, by);
    await writeAudit(session, {
      at,
      by,
      action: 'learned.added',
      subject: trial.experimentId,
      details: { metric: given.metric, source: given.source },
    });
  });
  return { ...trial, shrunken: trial.effect };
}
