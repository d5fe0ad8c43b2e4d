import { z } from 'zod';
import { scoreDifference } from '../../stats/score-difference.ts';
import { nothing, openEnd, pOf, sideOf } from '../estimating/answer.ts';
import {
  differenceInterval,
  differenceIntervals,
  pooledError,
  shareOf,
  unpooledError,
} from '../estimating/counts.ts';
import { alpha, margin, sided } from '../estimating/question.ts';
import type { Conventions, Counts, Effect, Statistic } from '../statistic.ts';

const options = z.object({
  alpha,
  sided,
  /** newcombe: hybrid score from two Wilson intervals; miettinen_nurminen: score; wald: unpooled; agresti_caffo: one more of each. */
  interval: z.enum(differenceIntervals).default('newcombe'),
  /** pooled: equals Pearson's chi-square without correction; unpooled: Wald; score: Miettinen–Nurminen. */
  test: z.enum(['pooled', 'unpooled', 'score']).default('pooled'),
  /** Non-inferiority; `pooled` supposes no difference at all and gives way to `score`. */
  margin: margin.optional(),
});
type Options = z.output<typeof options>;

const testOf = ({ test, margin }: Options): Options['test'] => (margin && test === 'pooled' ? 'score' : test);

function supposedBy({ margin }: Options, control: Counts): number {
  if (!margin) return 0;
  const allowed = margin.of === 'control' ? margin.value * shareOf(control) : margin.value;
  return margin.better === 'higher' ? -allowed : allowed;
}

/** Distance from what is supposed; 0 where both arms are alike, which speaks for no difference at all. */
function distanceOf(control: Counts, arm: Counts, test: Options['test'], supposed: number): number {
  const gap = shareOf(arm) - shareOf(control) - supposed;
  if (gap === 0) return 0;
  if (test === 'score') return scoreDifference(control, arm, supposed);
  return gap / (test === 'pooled' ? pooledError : unpooledError)(control, arm);
}

/**
 * Difference between two shares, arm − control, with its interval and p-value.
 *
 * Assumes independent people. Newcombe RG (1998), Statistics in Medicine 17:873, method 10; Miettinen O, Nurminen
 * M (1985), Statistics in Medicine 4:213, with N/(N − 1), also as the test of a margin; Agresti A, Caffo B (2000),
 * American Statistician 54:280; Wald as statsmodels `confint_proportions_2indep(method="wald")`. A relative margin is
 * taken at control's share as it was found. The relation of two shares: `risk-ratio`. An empty arm gives no estimate
 * (`empty_arm`); neither does Wald where nobody or everybody had the outcome in both arms, because its standard error is
 * then 0 (`no_variation`).
 */
const differenceInProportions: Statistic<Options, 'counts'> = {
  text: {
    title: { es: 'Diferencia de proporciones', en: 'Difference in proportions' },
    summary: {
      es: 'Cuántos puntos más (o menos) de personas logran el resultado en un brazo que en el control.',
      en: 'How many points more (or fewer) of the people reach the outcome in an arm than in control.',
    },
  },
  needs: 'counts',
  options,
  examples: [
    options.parse({}),
    options.parse({ interval: 'wald', test: 'unpooled' }),
    options.parse({ interval: 'miettinen_nurminen', test: 'score' }),
    options.parse({ interval: 'agresti_caffo' }),
    options.parse({ interval: 'wald', test: 'unpooled', sided: 'greater' }),
    options.parse({ interval: 'miettinen_nurminen', test: 'score', sided: 'less' }),
    options.parse({ interval: 'miettinen_nurminen', margin: { value: 0.02, better: 'lower' }, alpha: 0.025 }),
    options.parse({
      interval: 'wald',
      test: 'unpooled',
      margin: { value: 0.1, of: 'control', better: 'higher' },
    }),
  ],
  laws: (asked) => ({
    merge: 'exact',
    swap: asked.sided === 'two' && !asked.margin ? 'negates' : 'none',
    dual:
      (asked.interval === 'wald' && testOf(asked) === 'unpooled') ||
      (asked.interval === 'miettinen_nurminen' && testOf(asked) === 'score'),
    coverage: asked.interval === 'wald' ? 0.92 : 0.93,
  }),
  compute(control, arm, asked): Effect {
    const side = sideOf(asked);
    const test = testOf(asked);
    const conventions: Conventions = {
      scale: 'difference',
      sided: side,
      interval: asked.interval,
      test,
      df: null,
    };
    if (control.n < 1 || arm.n < 1) return nothing('empty_arm', conventions);
    const standardError = unpooledError(control, arm);
    if (standardError === 0 && (asked.interval === 'wald' || test === 'unpooled'))
      return nothing('no_variation', conventions);
    const supposed = supposedBy(asked, control);
    if (asked.margin) conventions.supposed = supposed;
    const level = side === 'two' ? asked.alpha : 2 * asked.alpha;
    return {
      estimate: shareOf(arm) - shareOf(control),
      ...openEnd(side, ...differenceInterval(control, arm, level, asked.interval)),
      standardError,
      pValue: pOf(distanceOf(control, arm, test, supposed), side),
      conventions,
    };
  },
};

export default differenceInProportions;
