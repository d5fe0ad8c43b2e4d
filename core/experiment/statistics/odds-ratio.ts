import { z } from 'zod';
import { scoreRatio, scoreRatioInterval } from '../../stats/two-shares/score-ratio.ts';
import { nothing, openEnd, pOf, reachOf } from '../estimating/answer.ts';
import { allAlike } from '../estimating/counts.ts';
import { alpha, sided } from '../estimating/question.ts';
import type { Conventions, Counts, Effect, Statistic } from '../statistic.ts';

const options = z.object({
  alpha,
  sided,
  /** woolf: normal on the logarithm, with half a person more of each where one is 0; score: Miettinen–Nurminen. */
  method: z.enum(['woolf', 'score']).default('woolf'),
});
type Options = z.output<typeof options>;

const cellsOf = (control: Counts, arm: Counts): number[] => [
  arm.events,
  arm.n - arm.events,
  control.events,
  control.n - control.events,
];

function logOdds(control: Counts, arm: Counts): { log: number; error: number } {
  const cells = cellsOf(control, arm);
  const half = cells.includes(0) ? 0.5 : 0;
  const [a, b, c, d] = cells.map((cell) => cell + half) as [number, number, number, number];
  return {
    log: Math.log(a) - Math.log(b) - Math.log(c) + Math.log(d),
    error: Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d),
  };
}

/**
 * Ratio of the odds of the outcome, arm over control. Its standard error is that of the logarithm.
 *
 * Woolf B (1955), Annals of Human Genetics 19:251, with the half of Haldane and Anscombe where a cell is 0; Miettinen
 * O, Nurminen M (1985), Statistics in Medicine 4:213, with N/(N − 1). Errors: `empty_arm`; `no_variation` where nobody
 * or everybody had the outcome in both arms; by score also `too_few` where a cell is 0.
 */
const oddsRatio: Statistic<Options, 'counts'> = {
  text: {
    title: { es: 'Razón de momios', en: 'Odds ratio' },
    summary: {
      es: 'Cociente entre las posibilidades a favor del resultado en un brazo y en el control.',
      en: 'Odds of the outcome in an arm over those in control.',
    },
  },
  needs: 'counts',
  options,
  examples: [
    options.parse({}),
    options.parse({ method: 'score' }),
    options.parse({ sided: 'less' }),
    options.parse({ method: 'score', sided: 'greater' }),
  ],
  laws: ({ sided: side }) => ({
    merge: 'exact',
    swap: side === 'two' ? 'inverts' : 'none',
    dual: true,
    coverage: 0.93,
  }),
  compute(control, arm, { alpha: level, sided: side, method }): Effect {
    const conventions: Conventions = {
      scale: 'odds_ratio',
      sided: side,
      interval: method,
      test: method,
      df: null,
    };
    if (control.n < 1 || arm.n < 1) return nothing('empty_arm', conventions);
    if (allAlike(control, arm)) return nothing('no_variation', conventions);
    const { log, error } = logOdds(control, arm);
    if (method === 'woolf') {
      const reach = reachOf(level, side) * error;
      return {
        estimate: Math.exp(log),
        ...openEnd(side, Math.exp(log - reach), Math.exp(log + reach)),
        standardError: error,
        pValue: pOf(log / error, side),
        conventions,
      };
    }
    if (cellsOf(control, arm).includes(0)) return nothing('too_few', conventions);
    const [lower, upper] = scoreRatioInterval(control, arm, side === 'two' ? level : 2 * level, 'odds');
    return {
      estimate: Math.exp(log),
      ...openEnd(side, lower, upper!),
      standardError: error,
      pValue: pOf(scoreRatio(control, arm, 1, 'odds'), side),
      conventions,
    };
  },
};

export default oddsRatio;
