import type { ExperimentResults, ResultEffect } from '../../../contract/experiments/results.ts';
import type { Text } from '../../../text/text.ts';
import { posteriorOf, readPosterior } from '../../bayes/gaussian.ts';
import { dunnett, dunnettLimit } from '../../many/dunnett.ts';
import { afterStopping } from '../../sequential/after.ts';
import { boundaries } from '../../sequential/boundaries.ts';
import { confidenceSequence } from '../../sequential/confidence-sequence.ts';
import type { Moments } from '../../statistic.ts';
import type { Gathered, GatheredColumn } from '../gathered.ts';
import type { ArmJudgement, JudgedPlan, Judgement } from '../judgement.ts';
import { bayesian, otherMethods } from '../words/other-methods.ts';
import { momentsIn } from './effects.ts';
import { frozen, questionAt } from './seen.ts';

type Line = ExperimentResults['sensitivity'][number];
type Shown = Pick<ResultEffect, 'estimate' | 'lower' | 'upper' | 'pValue'> & { standardError?: number };

const line = (metric: string, arm: string, method: Text, shown: Shown): Line => ({
  metric,
  arm,
  effect: { standardError: null, ...shown, scale: 'difference', method },
});

interface Known {
  arm: string;
  estimate: number;
  standardError: number;
  n: number;
  controlN: number;
  /** Variance of the arm's and of control's mean. */
  variance: number;
  controlVariance: number;
}

/** Of a mean or a share. */
function variance({ n, sums, products }: Moments): number {
  const mean = (sums[0] ?? 0) / n;
  return Math.max(0, (products[0] ?? 0) / n - mean * mean) / n;
}

function knownOf(gathered: Gathered, primary: GatheredColumn, arm: string, on: string): Known[] {
  const asked = questionAt(gathered, primary, arm, on);
  const { estimate, standardError } = frozen(gathered, asked);
  const [control, own] = [momentsIn(asked, asked.control), momentsIn(asked, arm)];
  if (estimate === null || standardError === null || !(standardError > 0)) return [];
  return [
    {
      arm,
      estimate,
      standardError,
      n: own.n,
      controlN: control.n,
      variance: variance(own),
      controlVariance: variance(control),
    },
  ];
}

/** Of an arm that a look decided or whose last look is over: what stopping there does to estimate, interval and p-value. */
function stoppedAt(plan: JudgedPlan, judgement: Judgement, arm: ArmJudgement, alpha: number): Shown | null {
  const { look, estimate, standardError, level } = arm;
  const decided =
    arm.kind === 'better' || arm.kind === 'worse' || arm.kind === 'equivalent' || judgement.ended;
  if (plan.inference !== 'group_sequential' || !decided || look === null) return null;
  if (estimate === null || standardError === null || !(standardError > 0)) return null;
  const made = judgement.looks.slice(0, look);
  const information = made.map((one) => one.information);
  if (information.some((t, i) => !(t > (information[i - 1] ?? 0)))) return null;
  const complete = look === plan.looks.length;
  const bounds = boundaries({
    alpha: level,
    sided: 2,
    shape: { kind: plan.spending },
    information,
    complete,
  });
  const unit = standardError * Math.sqrt(information.at(-1) ?? 1);
  const found = afterStopping(bounds, estimate / standardError, 1 - alpha);
  return {
    estimate: found.drift * unit,
    lower: found.lower * unit,
    upper: found.upper * unit,
    pValue: found.pValue,
  };
}

/**
 * The primary comparison, by the frozen estimator, under ways of inference that do not decide: after stopping, all arms
 * together, valid at any time, and as a posterior.
 */
export function otherInference(
  gathered: Gathered,
  primary: GatheredColumn,
  given: { plan: JudgedPlan; judgement: Judgement; lookOn: string | null },
): Line[] {
  const { plan, judgement, lookOn } = given;
  const { metricId, metric } = primary;
  if (lookOn === null || metric.kind === 'quantile' || metric.kind === 'ratio') return [];
  const { alpha } = gathered.design;
  const known = plan.arms.flatMap((arm) => knownOf(gathered, primary, arm, lookOn));
  const after = judgement.arms.flatMap((arm) => {
    const shown = stoppedAt(plan, judgement, arm, alpha);
    return shown ? [line(metricId, arm.arm, otherMethods.afterStopping, shown)] : [];
  });
  const shared = {
    control: known[0]?.controlVariance ?? 0,
    arms: known.map((one) => one.variance),
    sided: 'two' as const,
  };
  const together = known.length > 1 && shared.control > 0 && shared.arms.every((one) => one > 0);
  const limit = together ? dunnettLimit(alpha, shared) : null;
  const corrected = together
    ? dunnett(
        known.map((one) => one.estimate / one.standardError),
        shared,
      )
    : [];
  const rest = known.flatMap(({ arm, estimate, standardError, n, controlN }, i) => {
    const of = { estimate, standardError, n: n + controlN, alpha, narrowestAt: Math.max(2, plan.pairPeople) };
    const { lower, upper, pValue } = confidenceSequence({ ...of, sided: 'two' });
    const read = readPosterior(posteriorOf(estimate, standardError), alpha, metric.better);
    const half = (limit ?? 0) * standardError;
    const simultaneous = { estimate, standardError, lower: estimate - half, upper: estimate + half };
    const words = bayesian(
      { unit: metric.unit, currency: primary.currency },
      read.chanceToWin,
      read.loss.changing,
    );
    return [
      ...(limit
        ? [line(metricId, arm, otherMethods.dunnett, { ...simultaneous, pValue: corrected[i] ?? null })]
        : []),
      ...(plan.inference === 'always_valid'
        ? []
        : [line(metricId, arm, otherMethods.alwaysValid, { estimate, standardError, lower, upper, pValue })]),
      line(metricId, arm, words, {
        estimate,
        standardError,
        lower: read.lower,
        upper: read.upper,
        pValue: null,
      }),
    ];
  });
  return [...after, ...rest];
}
