import { z } from 'zod';
import { normalQuantile, normalTwoSided } from '../../stats/normal.ts';
import { scoreDifference, scoreInterval } from '../../stats/score-difference.ts';
import { wilson } from '../../stats/wilson.ts';
import type { Counts, Effect, Statistic } from '../statistic.ts';

const options = z.object({
  alpha: z.number().gt(0).lt(1).default(0.05),
  /** newcombe: hybrid score from two Wilson intervals; miettinen_nurminen: score; wald: unpooled normal. */
  interval: z.enum(['newcombe', 'miettinen_nurminen', 'wald']).default('newcombe'),
  /** pooled: equals Pearson's chi-square without correction; unpooled: Wald; score: Miettinen–Nurminen at 0. */
  test: z.enum(['pooled', 'unpooled', 'score']).default('pooled'),
});
type Options = z.output<typeof options>;

function intervalOf(control: Counts, arm: Counts, { alpha, interval }: Options): [number, number] {
  const estimate = arm.events / arm.n - control.events / control.n;
  if (interval === 'miettinen_nurminen') return scoreInterval(control, arm, alpha);
  if (interval === 'wald') {
    const half = normalQuantile(1 - alpha / 2) * unpooledError(control, arm);
    return [estimate - half, estimate + half];
  }
  const [a, c] = [wilson(arm.events, arm.n, 1 - alpha), wilson(control.events, control.n, 1 - alpha)];
  const [armShare, controlShare] = [arm.events / arm.n, control.events / control.n];
  return [
    estimate - Math.hypot(armShare - a.lower!, c.upper! - controlShare),
    estimate + Math.hypot(a.upper! - armShare, controlShare - c.lower!),
  ];
}

function unpooledError(control: Counts, arm: Counts): number {
  const [p, q] = [arm.events / arm.n, control.events / control.n];
  return Math.sqrt((p * (1 - p)) / arm.n + (q * (1 - q)) / control.n);
}

function pooledError(control: Counts, arm: Counts): number {
  const share = (arm.events + control.events) / (arm.n + control.n);
  return Math.sqrt(share * (1 - share) * (1 / arm.n + 1 / control.n));
}

/** p of no difference; 1 where both arms are all or none, which speaks for no difference at all. */
function pValueOf(control: Counts, arm: Counts, test: Options['test']): number {
  const estimate = arm.events / arm.n - control.events / control.n;
  if (estimate === 0) return 1;
  if (test === 'score') return normalTwoSided(scoreDifference(control, arm, 0));
  return normalTwoSided(estimate / (test === 'pooled' ? pooledError : unpooledError)(control, arm));
}

/**
 * Difference between two shares, arm − control, with its interval and p-value.
 *
 * Assumes independent people. Newcombe RG (1998), Statistics in Medicine 17:873, method 10; Miettinen O, Nurminen
 * M (1985), Statistics in Medicine 4:213, with N/(N − 1); Wald as statsmodels `confint_proportions_2indep(method=
 * "wald")`. An empty arm gives no estimate (`empty_arm`); neither does Wald where nobody or everybody had the
 * outcome in both arms, because its standard error is then 0 (`no_variation`).
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
  ],
  laws: ({ interval, test }) => ({
    merge: 'exact',
    swap: 'negates',
    dual:
      (interval === 'wald' && test === 'unpooled') || (interval === 'miettinen_nurminen' && test === 'score'),
    coverage: interval === 'wald' ? 0.92 : 0.93,
  }),
  compute(control, arm, given): Effect {
    const conventions = {
      scale: 'difference',
      sided: 'two',
      interval: given.interval,
      test: given.test,
      df: null,
    } as const;
    const nothing = { estimate: null, lower: null, upper: null, standardError: null, pValue: null };
    if (control.n < 1 || arm.n < 1) return { ...nothing, reason: 'empty_arm', conventions };
    const standardError = unpooledError(control, arm);
    if (standardError === 0 && (given.interval === 'wald' || given.test === 'unpooled'))
      return { ...nothing, reason: 'no_variation', conventions };
    const [lower, upper] = intervalOf(control, arm, given);
    return {
      estimate: arm.events / arm.n - control.events / control.n,
      lower,
      upper,
      standardError,
      pValue: pValueOf(control, arm, given.test),
      conventions,
    };
  },
};

export default differenceInProportions;
