import type { Output } from '#core/contract/endpoint.ts';
import type { ExperimentResults, ResultEffect } from '#core/contract/experiments/results.ts';
import type { contract } from '#core/contract/index.ts';
import { learnedFrom, type Trial } from '#core/experiment/results/learned.ts';
import type { Context } from '../../context.ts';
import { readDesigns } from '../designs.ts';
import { readEvents } from '../experiments/events.ts';
import { readSegment } from '../segments.ts';
import { readOutside } from './outside.ts';
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
        decidedOn: events.findLast(({ kind }) => kind === 'decided')?.on ?? null,
        verdict: results.verdict.arms.find((one) => one.arm === arm)?.kind ?? results.verdict.kind,
        effect: judged satisfies ResultEffect,
      });
  }
  return learnedFrom(trials);
}
