import { z } from 'zod';
import { type Coefficients, compareArms } from '../estimating/adjust.ts';
import { answer } from '../estimating/answer.ts';
import { arms } from '../estimating/arms.ts';
import { covariatesOf, outcomeOf } from '../estimating/covariates.ts';
import { answerLaws } from '../estimating/laws.ts';
import { question } from '../estimating/question.ts';
import { mergeMoments } from '../evidence/moments.ts';
import type { Moments, Statistic } from '../statistic.ts';

const options = z.object({
  ...question,
  test: z.enum(['welch', 'z']).default('welch'),
  /** See `Coefficients`: centred is ours; pooled is GrowthBook's for means, within_unweighted its for ratios. */
  coefficients: z.enum(['centred', 'within_unweighted', 'pooled']).default('centred'),
  /** Coefficients stated beforehand, one per covariate, instead. */
  given: z.array(z.number()).optional(),
  /** columns: each covariate by its mean; ratios: in pairs, a ratio of the period before. */
  covariates: z.enum(['columns', 'ratios']).default('columns'),
});
type Options = z.output<typeof options>;

const coefficientsBy = ({ coefficients, given }: Options, control: Moments, arm: Moments): Coefficients => {
  if (given) return { by: 'given', values: given };
  return coefficients === 'pooled'
    ? { by: 'pooled', together: mergeMoments([control, arm]) }
    : { by: coefficients };
};

/**
 * Effect on a mean or a ratio with the part taken out that covariates of before assignment explain (CUPED; Deng, Xu,
 * Kohavi and Walker 2013; ratios linearised), arm − control, or that over |control as it was found|.
 *
 * One or many covariates, the model's own score among them; constant and redundant ones take no part. The effect
 * estimated is that of the unadjusted difference, only more precisely; without covariates it is that difference. Not
 * for anything measured after assignment. Errors: those of means and ratios.
 */
const cuped: Statistic<Options, 'moments'> = {
  text: {
    title: {
      es: 'Diferencia ajustada por lo previo (CUPED)',
      en: 'Difference adjusted by what came before (CUPED)',
    },
    summary: {
      es: 'El mismo efecto con menos ruido: se descuenta lo que ya se sabía de cada persona antes de asignarla.',
      en: 'The same effect with less noise: what was known of each person before assignment is taken out.',
    },
  },
  needs: 'moments',
  options,
  examples: [
    options.parse({}),
    options.parse({ coefficients: 'within_unweighted', sided: 'less' }),
    options.parse({ coefficients: 'pooled', scale: 'relative' }),
    options.parse({ scale: 'relative', relativeBy: 'fieller' }),
    options.parse({ given: [0.5], test: 'z' }),
    options.parse({ margin: { value: 0.05, of: 'control', better: 'higher' } }),
  ],
  laws: (asked) => ({
    ...answerLaws(asked, 0.93),
    ...(asked.given && { scaling: 'none' as const }),
  }),
  compute(control, arm, asked) {
    const found = arms(control, arm);
    const compared =
      'reason' in found
        ? found
        : compareArms(
            found,
            outcomeOf(control),
            covariatesOf(control, asked.covariates),
            coefficientsBy(asked, control, arm),
          );
    const by = asked.given ? 'given' : asked.coefficients;
    const named = { interval: asked.test, test: `cuped_${by}_${asked.test}` };
    if ('reason' in compared) return answer(compared, asked, named);
    return answer({ ...compared, df: asked.test === 'z' ? null : compared.df }, asked, named);
  },
};

export default cuped;
