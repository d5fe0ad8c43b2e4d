import { z } from 'zod';
import { compareArms } from '../estimating/adjust.ts';
import { answer } from '../estimating/answer.ts';
import { arms } from '../estimating/arms.ts';
import { answerLaws } from '../estimating/laws.ts';
import { ratioOf } from '../estimating/measure.ts';
import { question } from '../estimating/question.ts';
import type { Statistic } from '../statistic.ts';

const options = z.object({
  ...question,
  test: z.enum(['welch', 'z']).default('welch'),
});
type Options = z.output<typeof options>;

/**
 * Difference between two ratios of sums (cash over what was due, promises kept over promises), arm − control, or that
 * over |control|; people are independent, what they hold is not.
 *
 * Each arm's ratio is linearised at its means (delta method): variance per person var(m)/d² + var(d)·m²/d⁴ −
 * 2·cov(m, d)·m/d³. Holds where the mean of the denominator is many of its standard errors from 0. Errors: `empty_arm`,
 * `too_few`, `zero_denominator` (or moments without a denominator), `no_variation`, `zero_control`, `unbounded`.
 */
const differenceInRatios: Statistic<Options, 'moments'> = {
  text: {
    title: { es: 'Diferencia de razones', en: 'Difference in ratios' },
    summary: {
      es: 'Diferencia entre dos cocientes de totales, como lo pagado sobre lo adeudado, por el método delta.',
      en: 'Difference between two ratios of totals, such as cash over what was due, by the delta method.',
    },
  },
  needs: 'moments',
  options,
  examples: [
    options.parse({}),
    options.parse({ test: 'z', sided: 'greater' }),
    options.parse({ scale: 'relative' }),
    options.parse({ scale: 'relative', relativeBy: 'fieller' }),
    options.parse({ margin: { value: 0.1, of: 'control', better: 'lower' } }),
  ],
  laws: (asked) => ({ ...answerLaws(asked, 0.92) }),
  compute(control, arm, asked) {
    const found = arms(control, arm);
    const compared =
      'reason' in found
        ? found
        : control.ratio && arm.ratio
          ? compareArms(found, ratioOf(0, 1))
          : { reason: 'zero_denominator' as const };
    const named = { interval: `delta_${asked.test}`, test: asked.test };
    if ('reason' in compared) return answer(compared, asked, named);
    return answer({ ...compared, df: asked.test === 'z' ? null : compared.df }, asked, named);
  },
};

export default differenceInRatios;
