import type { ExperimentResults } from '../../../contract/experiments/results.ts';
import type { Gathered, GatheredColumn } from '../gathered.ts';
import { adjusted, plainCuped, unadjusted } from './effects.ts';
import { questionAt } from './seen.ts';

/** The primary comparison by other methods on the people of the last look done: no verdict words. */
export function sensitivityOf(
  gathered: Gathered,
  primary: GatheredColumn,
  lookOn: string | null,
): ExperimentResults['sensitivity'] {
  const { design } = gathered;
  if (lookOn === null || primary.metric.kind === 'quantile') return [];
  return design.arms
    .filter(({ name }) => name !== design.control)
    .flatMap(({ name: arm }) => {
      const asked = questionAt(gathered, primary, arm, lookOn);
      return [
        unadjusted(asked),
        adjusted(asked, 'none'),
        adjusted(asked, 'centred'),
        adjusted(asked, 'regression'),
        plainCuped(asked),
      ].map((effect) => ({ metric: primary.metricId, arm, effect }));
    });
}
