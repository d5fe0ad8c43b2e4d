import { z } from 'zod';
import { nothing } from '../estimating/answer.ts';
import { figureOf, fromDraws, redrawn } from '../estimating/bootstrap.ts';
import { alpha, sided } from '../estimating/question.ts';
import type { Conventions, Effect, Statistic } from '../statistic.ts';

const options = z.object({
  alpha,
  sided,
  scale: z.enum(['difference', 'relative']).default('difference'),
  interval: z.enum(['percentile', 'basic']).default('percentile'),
});
type Options = z.output<typeof options>;

/**
 * Difference between two means or ratios, arm − control, or that over |control|, with an interval from draws of the
 * people with replacement (bootstrap), for amounts so skewed that a normal interval misleads.
 *
 * Nothing is drawn here: the draws come as evidence, with weights that depend on the unit alone, so that equal data give
 * equal intervals. Efron B, Tibshirani R (1993), An Introduction to the Bootstrap, chapter 13. Errors: `empty_arm`,
 * `too_few` (people, or draws for an end), `no_variation`, `zero_denominator`, `zero_control`.
 */
const bootstrap: Statistic<Options, 'replicates'> = {
  text: {
    title: { es: 'Diferencia con remuestreo', en: 'Difference by resampling' },
    summary: {
      es: 'Intervalo a partir de miles de muestras de las mismas personas: sigue la asimetría de los montos.',
      en: 'An interval from thousands of samples of the same people: it follows the skew of amounts.',
    },
  },
  needs: 'replicates',
  options,
  examples: [
    options.parse({}),
    options.parse({ interval: 'basic' }),
    options.parse({ scale: 'relative' }),
    options.parse({ sided: 'greater' }),
  ],
  laws: ({ scale, sided: side, interval }) => ({
    merge: 'exact',
    swap: scale === 'difference' && side === 'two' ? 'negates' : 'none',
    dual: interval === 'percentile',
    scaling: scale === 'relative' ? 'invariant' : 'multiplies',
    coverage: 0.9,
  }),
  compute(control, arm, asked): Effect {
    const conventions: Conventions = {
      scale: asked.scale,
      sided: asked.sided,
      interval: `bootstrap_${asked.interval}`,
      test: 'bootstrap_percentile',
      df: null,
    };
    if (control.moments.n < 1 || arm.moments.n < 1) return nothing('empty_arm', conventions);
    if (control.moments.n < 2 || arm.moments.n < 2) return nothing('too_few', conventions);
    const found = redrawn(control, arm, figureOf(control.moments.ratio));
    if (!found) return nothing('zero_denominator', conventions);
    if (asked.scale === 'difference') {
      const effects = found.draws.map(([a, b]) => b - a);
      return fromDraws(found.arm - found.control, effects, asked, conventions);
    }
    if (found.control === 0 || found.draws.some(([a]) => a === 0))
      return nothing('zero_control', conventions);
    const effects = found.draws.map(([a, b]) => (b - a) / Math.abs(a));
    return fromDraws((found.arm - found.control) / Math.abs(found.control), effects, asked, conventions);
  },
};

export default bootstrap;
