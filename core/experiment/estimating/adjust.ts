import { between, solveSymmetric } from '../../stats/linear/solve.ts';
import type { Moments } from '../statistic.ts';
import { type Arms, covarianceOf, type Direction, type Found, partVariances } from './arms.ts';
import { columnsOf } from './columns.ts';
import { type Comparison, satterthwaite } from './comparison.ts';
import type { Measure, Measured } from './measure.ts';

/**
 * How the coefficients of covariates are found.
 * centred: from how outcome and covariates vary within each arm, weighted as they enter the variance of the effect, so
 *   that this variance is the least there is (equal arms: analysis of covariance with one slope);
 * within_unweighted: the arms' covariances added as they are; pooled: from both arms as one group, which takes the
 *   effect itself for noise (as GrowthBook, which also takes the error of a relation at the unadjusted means);
 * or numbers given beforehand.
 */
export type Coefficients =
  | { by: 'centred' | 'within_unweighted' }
  | { by: 'pooled'; together: Moments }
  | { by: 'given'; values: readonly number[] };

export interface Adjusted extends Comparison {
  coefficients: number[];
  /** Covariates that took part: not constant and not said by others. */
  used: number;
}

type Both = readonly [Measured, Measured];

const measuredIn = ({ means }: Arms, measure: Measure): Both | null => {
  const [zero, one] = [measure(means[0]), measure(means[1])];
  return zero && one ? [zero, one] : null;
};

/**
 * The difference of an outcome between two arms, less coefficients times the difference of covariates (CUPED: Deng, Xu,
 * Kohavi and Walker 2013, WSDM). All covariates must be of before assignment; then the effect is the same in
 * expectation whatever the coefficients. The outcome and the covariates may be ratios, linearised at each arm's means
 * (delta method). With coefficients from the same people (`centred`), the variance is raised by (N − 2)/(N − 2 − k) and
 * the degrees of freedom lose k. Errors: `zero_denominator`, `too_few`.
 */
export function compareArms(
  arms: Arms,
  outcome: Measure,
  covariates: readonly Measure[] = [],
  by: Coefficients = { by: 'centred' },
): Found<Adjusted> {
  const y = measuredIn(arms, outcome);
  const x = covariates.map((covariate) => measuredIn(arms, covariate));
  if (!y || x.includes(null)) return { reason: 'zero_denominator' };
  const known = x as Both[];
  const { x: theta, used } = coefficientsOf(arms, outcome, covariates, y, known, by);
  const many = used.filter(Boolean).length;
  const people = arms.n[0] + arms.n[1] - 2;
  if (people - many < 1) return { reason: 'too_few' };
  const inflation = by.by === 'centred' ? people / (people - many) : 1;
  const away = (side: 0 | 1): number[] =>
    y[side].gradient.map((g, j) => theta.reduce((sum, t, k) => sum - t * known[k]![side].gradient[j]!, g));
  const none = y[0].gradient.map(() => 0);
  const effect: Direction = [away(0).map((value) => -value), away(1)];
  const control: Direction = [y[0].gradient, none];
  const df = satterthwaite(partVariances(arms, effect)) - (by.by === 'centred' ? many : 0);
  return {
    effect: theta.reduce(
      (sum, t, k) => sum - t * (known[k]![1].value - known[k]![0].value),
      y[1].value - y[0].value,
    ),
    variance: inflation * covarianceOf(arms, effect, effect),
    control: y[0].value,
    controlVariance: covarianceOf(arms, control, control),
    covariance: covarianceOf(arms, effect, control),
    df: Math.max(1, df),
    ...(by.by === 'pooled' && { slopeAt: y[1].value - y[0].value }),
    coefficients: theta,
    used: many,
  };
}

function coefficientsOf(
  arms: Arms,
  outcome: Measure,
  covariates: readonly Measure[],
  y: Both,
  x: readonly Both[],
  by: Coefficients,
): { x: number[]; used: boolean[] } {
  if (by.by === 'given')
    return { x: covariates.map((_, k) => by.values[k] ?? 0), used: covariates.map(() => true) };
  if (by.by === 'pooled') {
    const { means, covariance } = columnsOf(by.together);
    const gradients = [outcome, ...covariates].map(
      (measure) => measure(means)?.gradient ?? means.map(() => 0),
    );
    const of = (a: number, b: number) => between(gradients[a]!, covariance, gradients[b]!);
    return solveSymmetric(
      covariates.map((_, i) => covariates.map((_, j) => of(i + 1, j + 1))),
      covariates.map((_, i) => of(i + 1, 0)),
    );
  }
  const within = (one: Both, other: Both) =>
    arms.parts.reduce(
      (sum, { side, n, weight, covariance }) =>
        sum +
        (by.by === 'centred' ? weight ** 2 / n : 1) *
          between(one[side].gradient, covariance, other[side].gradient),
      0,
    );
  return solveSymmetric(
    x.map((one) => x.map((other) => within(one, other))),
    x.map((one) => within(one, y)),
  );
}
