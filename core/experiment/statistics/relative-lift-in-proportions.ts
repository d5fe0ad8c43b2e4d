import { z } from 'zod';
import { compareArms } from '../estimating/adjust.ts';
import { answer } from '../estimating/answer.ts';
import { arms } from '../estimating/arms.ts';
import { momentsOfCounts } from '../estimating/columns.ts';
import { answerLaws } from '../estimating/laws.ts';
import { meanOf } from '../estimating/measure.ts';
import { question } from '../estimating/question.ts';
import type { Statistic } from '../statistic.ts';

const { scale: _, ...relation } = question;
const options = z.object({
  ...relation,
  /** z: normal; welch: Student's t as for means (GrowthBook). */
  test: z.enum(['z', 'welch']).default('z'),
});
type Options = z.output<typeof options>;

/**
 * How much more often, as a part of control's share, the outcome comes about in an arm: (arm − control) / control, by
 * the delta method or by Fieller, with variances p(1 − p)/n.
 *
 * Assumes independent people and some tens of events in control; with fewer, or where the lift is far from 0, the
 * interval of `risk-ratio` less 1 is better. Errors: `empty_arm`, `too_few` (one person), `no_variation`, `zero_control`
 * (nobody in control), `unbounded`.
 */
const relativeLiftInProportions: Statistic<Options, 'counts'> = {
  text: {
    title: { es: 'Mejora relativa de una proporción', en: 'Relative lift of a proportion' },
    summary: {
      es: 'Qué parte más (o menos) de personas logra el resultado, respecto de las del control.',
      en: 'By what part more (or fewer) people reach the outcome than in control.',
    },
  },
  needs: 'counts',
  options,
  examples: [
    options.parse({}),
    options.parse({ relativeBy: 'fieller' }),
    options.parse({ test: 'welch', sided: 'less' }),
    options.parse({ margin: { value: 0.1, of: 'control', better: 'higher' } }),
  ],
  laws: (asked) => ({ ...answerLaws({ ...asked, scale: 'relative' }, 0.92), scaling: 'none' }),
  compute(control, arm, asked) {
    const found = arms(momentsOfCounts(control), momentsOfCounts(arm), { over: 'n' });
    const compared = 'reason' in found ? found : compareArms(found, meanOf(0));
    const named = { interval: `delta_${asked.test}`, test: asked.test };
    const question = { ...asked, scale: 'relative' as const };
    if ('reason' in compared) return answer(compared, question, named);
    return answer({ ...compared, df: asked.test === 'z' ? null : compared.df }, question, named);
  },
};

export default relativeLiftInProportions;
