import { z } from 'zod';
import { answer, nothing, sideOf } from '../estimating/answer.ts';
import { quantileOf } from '../estimating/quantile.ts';
import { question } from '../estimating/question.ts';
import type { Statistic } from '../statistic.ts';

const options = z.object({
  ...question,
  quantile: z.number().gt(0).lt(1).default(0.5),
  /** bounds: from both arms' distribution-free bounds (not of relations); normal: estimate ± its standard error. */
  interval: z.enum(['bounds', 'normal']).default('bounds'),
});
type Options = z.output<typeof options>;

/** What `bounds` is for: two sides of a difference. */
const byBounds = (asked: Options): boolean =>
  asked.interval === 'bounds' && asked.scale === 'difference' && sideOf(asked) === 'two';

/**
 * Difference between a quantile of the outcome in two arms, arm − control, or that over |control|, from how many people
 * have each value; for amounts and days where means say little.
 *
 * Each arm's quantile has distribution-free bounds from order statistics and a variance from the spacing of the values
 * around it; the bounds are put together as Newcombe does those of shares (square and add: Zou and Donner 2008,
 * Statistics in Medicine 27:1693), and stay uneven where the values are. The p-value is normal. Many equal values
 * around the quantile (a median cash of 0) leave nothing to compare: `no_variation`. `too_few`: the bounds' ranks are
 * beyond the values. Errors besides: `empty_arm`, `zero_control`, `unbounded`.
 */
const quantile: Statistic<Options, 'histogram'> = {
  text: {
    title: { es: 'Diferencia de cuantiles', en: 'Difference in quantiles' },
    summary: {
      es: 'Cuánto cambia el valor que deja a la mitad de las personas (u otra parte) por debajo.',
      en: 'How much the value changes that leaves half of the people (or another part) below it.',
    },
  },
  needs: 'histogram',
  options,
  examples: [
    options.parse({}),
    options.parse({ quantile: 0.9, interval: 'normal' }),
    options.parse({ scale: 'relative' }),
    options.parse({ quantile: 0.25, interval: 'normal', sided: 'less' }),
    options.parse({ margin: { value: 0.1, of: 'control', better: 'lower' } }),
  ],
  laws: (asked) => ({
    merge: 'exact',
    swap: asked.scale === 'difference' && sideOf(asked) === 'two' ? 'negates' : 'none',
    dual: !byBounds(asked),
    scaling: asked.scale === 'relative' ? 'invariant' : asked.margin?.of === 'unit' ? 'none' : 'multiplies',
    coverage: 0.92,
  }),
  compute(control, arm, asked) {
    const named = { interval: byBounds(asked) ? 'order_statistics' : 'order_statistics_normal', test: 'z' };
    if (control.n < 1 || arm.n < 1) return answer({ reason: 'empty_arm' }, asked, named);
    const [zero, one] = [control, arm].map((side) => quantileOf(side, asked.quantile, asked.alpha));
    if (!zero || !one) return answer({ reason: 'too_few' }, asked, named);
    const effect = answer(
      {
        effect: one.value - zero.value,
        variance: one.variance + zero.variance,
        control: zero.value,
        controlVariance: zero.variance,
        covariance: -zero.variance,
        df: null,
      },
      asked,
      named,
    );
    if (effect.estimate === null || !byBounds(asked)) return effect;
    const [down, up] = [
      Math.hypot(one.value - one.lower, zero.upper - zero.value),
      Math.hypot(one.upper - one.value, zero.value - zero.lower),
    ];
    if (down === 0 && up === 0) return nothing('no_variation', effect.conventions);
    return { ...effect, lower: effect.estimate - down, upper: effect.estimate + up };
  },
};

export default quantile;
