import { z } from 'zod';
import { compareArms } from '../estimating/adjust.ts';
import { answer } from '../estimating/answer.ts';
import { arms } from '../estimating/arms.ts';
import { covariatesOf } from '../estimating/covariates.ts';
import { answerLaws } from '../estimating/laws.ts';
import { ratioOf } from '../estimating/measure.ts';
import { question } from '../estimating/question.ts';
import type { Statistic } from '../statistic.ts';

const options = z.object({
  ...question,
  /** welch: Satterthwaite over clusters; clusters: clusters of both arms − 2; z: normal. */
  df: z.enum(['welch', 'clusters', 'z']).default('welch'),
  /** Covariates as totals of clusters per unit, or as totals (where column 1 is an outcome itself). */
  covariates: z.enum(['per_unit', 'totals']).default('per_unit'),
});
type Options = z.output<typeof options>;

/**
 * Difference between two means per unit where units come in clusters (accounts of a customer, people of a household),
 * arm − control, or that over |control|, from sums over clusters' totals.
 *
 * Each arm's mean is the ratio of its totals, linearised at its means with clusters as the independent units: the
 * cluster-robust (sandwich) variance with C/(C − 1). Degrees of freedom count clusters, not people: with fewer than
 * about ten clusters an arm intervals are rough. Covariates take part as in CUPED. Errors: `empty_arm`, `too_few` (one
 * cluster), `zero_denominator`, `no_variation`, `zero_control`, `unbounded`.
 */
const clustered: Statistic<Options, 'clusters'> = {
  text: {
    title: { es: 'Diferencia con conglomerados', en: 'Difference with clusters' },
    summary: {
      es: 'Diferencia de medias cuando las unidades vienen en grupos, como las cuentas de un cliente: cuentan los grupos.',
      en: 'Difference in means where units come in groups, such as the accounts of a customer: groups are what counts.',
    },
  },
  needs: 'clusters',
  options,
  examples: [
    options.parse({}),
    options.parse({ df: 'clusters' }),
    options.parse({ df: 'z', sided: 'greater' }),
    options.parse({ scale: 'relative' }),
    options.parse({ scale: 'relative', relativeBy: 'fieller', covariates: 'totals' }),
    options.parse({ margin: { value: 0.1, of: 'control', better: 'higher' } }),
  ],
  laws: (asked) => answerLaws(asked, 0.92),
  compute(control, arm, asked) {
    const found = arms(control, arm);
    const as = asked.covariates === 'totals' ? 'columns' : 'per_unit';
    const compared = 'reason' in found ? found : compareArms(found, ratioOf(0, 1), covariatesOf(control, as));
    const named = { interval: 'cluster_robust', test: `cluster_robust_${asked.df}` };
    if ('reason' in compared) return answer(compared, asked, named);
    const df = { welch: compared.df, clusters: control.n + arm.n - 2 - compared.used, z: null }[asked.df];
    return answer({ ...compared, df }, asked, named);
  },
};

export default clustered;
