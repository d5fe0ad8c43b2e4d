import { z } from 'zod';
import { scoreRatio, scoreRatioInterval } from '../../stats/two-shares/score-ratio.ts';
import { nothing, openEnd, pOf, reachOf } from '../estimating/answer.ts';
import { allAlike } from '../estimating/counts.ts';
import { alpha, sided } from '../estimating/question.ts';
import type { Conventions, Counts, Effect, Statistic } from '../statistic.ts';

const options = z.object({
  alpha,
  sided,
  /** katz: normal on the logarithm, with half a person more of each where one is 0; score: Miettinen–Nurminen. */
  method: z.enum(['katz', 'score']).default('katz'),
});
type Options = z.output<typeof options>;

function logRatio(control: Counts, arm: Counts): { log: number; error: number } {
  const half = control.events === 0 || arm.events === 0 ? 0.5 : 0;
  const [x, y, n, m] = [arm.events + half, control.events + half, arm.n + half, control.n + half];
  return { log: Math.log(x / n) - Math.log(y / m), error: Math.sqrt(1 / x - 1 / n + 1 / y - 1 / m) };
}

/**
 * Ratio of two shares, arm over control (risk ratio); less 1 it is the relative lift. Its standard error is that of the
 * logarithm.
 *
 * Katz D et al. (1978), Biometrics 34:469; Miettinen O, Nurminen M (1985), Statistics in Medicine 4:213. Errors:
 * `empty_arm`; `no_variation` where nobody or everybody had the outcome in both arms; by score also `zero_control` and
 * `too_few` where nobody had it in one arm, as the ratio is then 0 or without end.
 */
const riskRatio: Statistic<Options, 'counts'> = {
  text: {
    title: { es: 'Razón de proporciones', en: 'Risk ratio' },
    summary: {
      es: 'Cuántas veces más (o menos) frecuente es el resultado en un brazo que en el control.',
      en: 'How many times as frequent the outcome is in an arm as in control.',
    },
  },
  needs: 'counts',
  options,
  examples: [
    options.parse({}),
    options.parse({ method: 'score' }),
    options.parse({ sided: 'greater' }),
    options.parse({ method: 'score', sided: 'less' }),
  ],
  laws: ({ sided: side }) => ({
    merge: 'exact',
    swap: side === 'two' ? 'inverts' : 'none',
    dual: true,
    coverage: 0.93,
  }),
  compute(control, arm, { alpha: level, sided: side, method }): Effect {
    const conventions: Conventions = {
      scale: 'risk_ratio',
      sided: side,
      interval: method,
      test: method,
      df: null,
    };
    if (control.n < 1 || arm.n < 1) return nothing('empty_arm', conventions);
    if (allAlike(control, arm)) return nothing('no_variation', conventions);
    const { log, error } = logRatio(control, arm);
    if (method === 'katz') {
      const reach = reachOf(level, side) * error;
      return {
        estimate: Math.exp(log),
        ...openEnd(side, Math.exp(log - reach), Math.exp(log + reach)),
        standardError: error,
        pValue: pOf(log / error, side),
        conventions,
      };
    }
    if (control.events === 0) return nothing('zero_control', conventions);
    if (arm.events === 0) return nothing('too_few', conventions);
    const [lower, upper] = scoreRatioInterval(control, arm, side === 'two' ? level : 2 * level, 'risks');
    return {
      estimate: Math.exp(log),
      ...openEnd(side, lower, upper!),
      standardError: error,
      pValue: pOf(scoreRatio(control, arm, 1, 'risks'), side),
      conventions,
    };
  },
};

export default riskRatio;
