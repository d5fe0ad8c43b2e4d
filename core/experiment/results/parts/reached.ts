import type { ExperimentResults } from '../../../contract/experiments/results.ts';
import { normalQuantile, normalTwoSided } from '../../../stats/distributions/normal.ts';
import { columnsOf } from '../../estimating/columns.ts';
import type { Moments } from '../../statistic.ts';
import { reachedId } from '../../units/columns.ts';
import type { Gathered, GatheredColumn } from '../gathered.ts';
import { methods } from '../words/methods.ts';
import { collapse } from './collapse.ts';
import { momentsIn, nothingYet } from './effects.ts';
import { comparable } from './windows.ts';

/**
 * Effect on people whom a message of the arm can reach: the effect on all assigned over the share reached in the arm
 * (Wald; Angrist, Imbens and Rubin 1996, JASA 91:444), its error by the delta method, two-sided normal. Nobody in
 * control can get the arm's message, so reach there is 0. Assumes that being assigned to an arm does nothing to those
 * its messages never reach.
 *
 * @param control, arm moments of the outcome and of reached, in that order
 */
export function wald(
  control: Moments,
  arm: Moments,
  alpha: number,
): ExperimentResults['reached'][number]['effect'] & { share: number } {
  const zero = control.n > 1 ? columnsOf(control) : null;
  const one = arm.n > 1 ? columnsOf(arm) : null;
  const share = one?.means[1] ?? 0;
  if (!zero || !one) return { ...nothingYet('too_few', methods.reached), share };
  if (!(share > 0)) return { ...nothingYet('nobody_reached', methods.reached), share };
  const estimate = (one.means[0]! - zero.means[0]!) / share;
  const cov = one.covariance;
  const own = cov[0]![0]! - 2 * estimate * cov[0]![1]! + estimate ** 2 * cov[1]![1]!;
  const standardError = Math.sqrt(own / one.n + zero.covariance[0]![0]! / zero.n) / share;
  if (!(standardError > 0)) return { ...nothingYet('no_variation', methods.reached), share };
  const half = normalQuantile(1 - alpha / 2) * standardError;
  return {
    estimate,
    lower: estimate - half,
    upper: estimate + half,
    standardError,
    pValue: normalTwoSided(estimate / standardError),
    scale: 'difference',
    method: methods.reached,
    share,
  };
}

/** Of each arm that sends something, among the people of the last look done; none before the first. */
export function reachedOf(
  gathered: Gathered,
  primary: GatheredColumn,
  lookOn: string | null,
): ExperimentResults['reached'] {
  const { design, cells } = gathered;
  if (lookOn === null || primary.metric.kind === 'ratio' || primary.metric.kind === 'quantile') return [];
  return design.arms
    .filter(({ name, touches }) => name !== design.control && touches.length > 0)
    .map(({ name: arm }) => {
      const kept = collapse(cells, comparable(gathered, arm, lookOn, primary.horizonDays), reachedId);
      const of = (who: string) => momentsIn({ cells: kept, id: reachedId }, who);
      const { share, ...effect } = wald(of(design.control), of(arm), design.alpha);
      return { arm, share, effect };
    });
}
