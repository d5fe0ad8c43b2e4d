import { chiSquareUpper } from '../../stats/distributions/chi-square.ts';
import { tTwoSided } from '../../stats/distributions/student.ts';
import { between, solveSymmetric } from '../../stats/linear/solve.ts';
import type { EffectReason, Moments } from '../statistic.ts';
import { compareArms } from './adjust.ts';
import { arms } from './arms.ts';
import { covariatesOf, outcomeOf } from './covariates.ts';

export interface CovariateHealth {
  /** With the outcome, within arms; null where one of them does not vary. */
  correlation: number | null;
  /** Difference of means over the deviation within arms, arm − control; over 0.1 is worth a look. */
  standardisedDifference: number | null;
  /** Of no difference between arms beyond chance, Welch. */
  pValue: number | null;
  /** Whether it varies and says something the others do not. */
  used: boolean;
}

export interface AdjustmentHealth {
  covariates: CovariateHealth[];
  /** Share of the effect's variance that adjusting takes away; under 0: it adds some. null: no effect to compare. */
  varianceRemoved: number | null;
  /** Of no difference between arms in all covariates together: near 0, they are not of before or the lot was broken. */
  balanceP: number | null;
  reason?: EffectReason;
}

/**
 * Whether adjusting by covariates does what it should, from sums of both arms: how each goes with the outcome, how much
 * of the variance they remove, and whether they are balanced, as anything of before assignment must be (Wald test of all
 * differences, chi-square).
 */
export function adjustmentHealth(control: Moments, arm: Moments): AdjustmentHealth {
  const found = arms(control, arm);
  const nothing = { covariates: [], varianceRemoved: null, balanceP: null };
  if ('reason' in found) return { ...nothing, reason: found.reason };
  const covariates = covariatesOf(control, 'columns');
  const outcome = outcomeOf(control);
  const [plain, adjusted] = [compareArms(found, outcome), compareArms(found, outcome, covariates)];
  if ('reason' in plain) return { ...nothing, reason: plain.reason };
  if ('reason' in adjusted) return { ...nothing, reason: adjusted.reason };
  const [zero, one] = found.parts as [(typeof found.parts)[0], (typeof found.parts)[0]];
  const first = control.ratio ? 2 : 1;
  const columns = covariates.map((_, k) => first + k);
  const gradients = found.means.map((means) => outcome(means)!.gradient);
  const within = (a: (side: 0 | 1) => readonly number[], b: (side: 0 | 1) => readonly number[]) =>
    (zero.n - 1) * between(a(0), zero.covariance, b(0)) + (one.n - 1) * between(a(1), one.covariance, b(1));
  const unit = (column: number) => control.sums.map((_, j) => (j === column ? 1 : 0));
  const y = (side: 0 | 1) => gradients[side]!;
  const gaps = columns.map((column) => found.means[1][column]! - found.means[0][column]!);
  const spread = columns.map((a) =>
    columns.map((b) => zero.covariance[a]![b]! / zero.n + one.covariance[a]![b]! / one.n),
  );
  const { x, used } = solveSymmetric(spread, gaps);
  const many = used.filter(Boolean).length;
  return {
    covariates: columns.map((column, k): CovariateHealth => {
      const each = () => unit(column);
      const scale = Math.sqrt(within(each, each) * within(y, y));
      const deviation = Math.sqrt((zero.covariance[column]![column]! + one.covariance[column]![column]!) / 2);
      const alone = compareArms(found, covariates[k]!);
      const known = !('reason' in alone) && alone.variance > 0;
      return {
        correlation: scale > 0 ? within(each, y) / scale : null,
        standardisedDifference: deviation > 0 ? gaps[k]! / deviation : null,
        pValue: known ? tTwoSided(alone.effect / Math.sqrt(alone.variance), alone.df ?? 1e9) : null,
        used: used[k]!,
      };
    }),
    varianceRemoved: plain.variance > 0 ? 1 - adjusted.variance / plain.variance : null,
    balanceP:
      many > 0
        ? chiSquareUpper(
            gaps.reduce((sum, gap, k) => sum + gap * x[k]!, 0),
            many,
          )
        : null,
  };
}
