import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import { isClear } from '../results/read.ts';

type Learned = Output<typeof contract.experimentResults.learned>;
export type Trial = Learned['trials'][number];
export type Summary = Learned['summaries'][number];

/** Trials that a summary is made of. */
export const trialsOf = (summary: Summary, trials: readonly Trial[]): Trial[] =>
  trials.filter(
    (trial) =>
      trial.style === summary.style &&
      trial.control === summary.control &&
      trial.metric === summary.metric &&
      trial.horizonDays === summary.horizonDays,
  );

export type SummaryFinding = 'one' | 'helps' | 'hurts' | 'mean_helps' | 'mean_hurts' | 'open' | 'unknown';

/** What may be said: of the next trial where its interval leaves zero out, else of the mean, else nothing. */
export function findingOf({ trials, mean, next }: Summary): SummaryFinding {
  if (mean.estimate === null) return 'unknown';
  if (trials < 2) return 'one';
  const up = mean.estimate > 0;
  if (isClear(next)) return up ? 'helps' : 'hurts';
  if (isClear(mean)) return up ? 'mean_helps' : 'mean_hurts';
  return 'open';
}
