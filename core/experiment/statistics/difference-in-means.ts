import { z } from 'zod';
import { compareArms } from '../estimating/adjust.ts';
import { answer } from '../estimating/answer.ts';
import { arms } from '../estimating/arms.ts';
import { answerLaws } from '../estimating/laws.ts';
import { meanOf } from '../estimating/measure.ts';
import { question } from '../estimating/question.ts';
import type { Statistic } from '../statistic.ts';

const options = z.object({
  ...question,
  /** welch: Student's t by Welch and Satterthwaite; z: normal. */
  test: z.enum(['welch', 'z']).default('welch'),
  /** sample: n − 1; share: p(1 − p), with n, for an outcome of 0 and 1. */
  variance: z.enum(['sample', 'share']).default('sample'),
});
type Options = z.output<typeof options>;

/**
 * Difference between two means, arm − control, or that over |control|, from sums over independent people.
 *
 * Welch BL (1947), Biometrika 34:28; variances of the arms are not pooled. The relation by the delta method or by
 * Fieller; its degrees of freedom are those of the difference. A one-sided test, or non-inferiority by a margin, has
 * all of alpha on its side. Skewed cash needs some hundreds of people per arm. Errors: `empty_arm`, `too_few` (one
 * person), `no_variation` (all values equal in both arms), `zero_control`, `unbounded`.
 */
const differenceInMeans: Statistic<Options, 'moments'> = {
  text: {
    title: { es: 'Diferencia de medias', en: 'Difference in means' },
    summary: {
      es: 'Cuánto más (o menos) tiene en promedio cada persona de un brazo que una del control.',
      en: 'How much more (or less) a person of an arm has on average than one of control.',
    },
  },
  needs: 'moments',
  options,
  examples: [
    options.parse({}),
    options.parse({ test: 'z' }),
    options.parse({ sided: 'greater' }),
    options.parse({ sided: 'less', alpha: 0.01 }),
    options.parse({ scale: 'relative' }),
    options.parse({ scale: 'relative', relativeBy: 'fieller' }),
    options.parse({ variance: 'share' }),
    options.parse({ margin: { value: 0.5, better: 'higher' } }),
    options.parse({ margin: { value: 0.1, of: 'control', better: 'lower' }, test: 'z' }),
    options.parse({ margin: { value: 0.1, of: 'control', better: 'higher' }, scale: 'relative' }),
  ],
  laws: (asked) => answerLaws(asked, 0.93),
  compute(control, arm, asked) {
    const found = arms(control, arm, { over: asked.variance === 'share' ? 'n' : 'n-1' });
    const compared = 'reason' in found ? found : compareArms(found, meanOf(0));
    const named = { interval: asked.test, test: asked.test };
    if ('reason' in compared) return answer(compared, asked, named);
    return answer({ ...compared, df: asked.test === 'z' ? null : compared.df }, asked, named);
  },
};

export default differenceInMeans;
