import { z } from 'zod';
import { compareArms } from '../estimating/adjust.ts';
import { answer, nothing } from '../estimating/answer.ts';
import { armsByStratum } from '../estimating/arms.ts';
import { columnsOf } from '../estimating/columns.ts';
import { covariatesOf, outcomeOf } from '../estimating/covariates.ts';
import { answerLaws } from '../estimating/laws.ts';
import { question } from '../estimating/question.ts';
import { regressedStratum } from '../estimating/regressed.ts';
import { wideStrata } from '../estimating/wide-strata.ts';
import type { Moments, Statistic, Strata } from '../statistic.ts';

const options = z.object({
  ...question,
  /** none: by stratum only; centred: coefficients common to all strata (CUPED); regression: least squares in each. */
  covariates: z.enum(['none', 'centred', 'regression']).default('centred'),
  /** drawn: shares of strata vary as people do; fixed: they are the plan's. */
  weights: z.enum(['drawn', 'fixed']).default('drawn'),
  test: z.enum(['welch', 'z']).default('welch'),
});
type Options = z.output<typeof options>;

const people = (strata: Strata): number => strata.reduce((sum, { moments }) => sum + moments.n, 0);

/**
 * Effect on a mean or a ratio by stratum of the design: each arm's means are put together with the strata's shares of
 * all people, so that an uneven split inside strata (waves, late arrivals, a dropped arm) does no harm; arm − control, or
 * that over |control|.
 *
 * Post-stratification (Miratrix, Sekhon and Yu 2013, Journal of the Royal Statistical Society B 75:369), with the
 * covariance of multinomial weights where they are drawn, as GrowthBook; degrees of freedom by Satterthwaite over strata
 * and arms. Strata with fewer than two people (regression: four and the covariates) in an arm stand together as one; one
 * in which an arm was not open is left out of both.
 * Errors: `empty_arm`, `too_few`, `zero_denominator`, `no_variation`, `zero_control`, `unbounded`.
 */
const stratified: Statistic<Options, 'strata'> = {
  text: {
    title: { es: 'Diferencia por estratos', en: 'Difference by stratum' },
    summary: {
      es: 'El efecto dentro de cada estrato del diseño, sumado según cuánta gente hay en cada uno.',
      en: 'The effect within each stratum of the design, put together by how many people are in each.',
    },
  },
  needs: 'strata',
  options,
  examples: [
    options.parse({}),
    options.parse({ covariates: 'none', weights: 'fixed' }),
    options.parse({ covariates: 'regression', test: 'z' }),
    options.parse({ scale: 'relative', covariates: 'none' }),
    options.parse({ scale: 'relative', relativeBy: 'fieller', sided: 'greater' }),
    options.parse({ margin: { value: 0.1, of: 'control', better: 'higher' } }),
  ],
  laws: (asked) => answerLaws(asked, 0.92),
  compute(control, arm, asked) {
    const conventions = { scale: asked.scale, sided: asked.sided, interval: '', test: '', df: null };
    const named = {
      interval: `post_stratified_${asked.weights}`,
      test: `post_stratified_${asked.covariates}_${asked.test}`,
    };
    if (people(control) < 1 || people(arm) < 1) return nothing('empty_arm', { ...conventions, ...named });
    const first = control[0]!.moments;
    const covariates = asked.covariates === 'none' ? [] : covariatesOf(first, 'columns');
    const regression = asked.covariates === 'regression' && covariates.length > 0;
    const least = regression ? 4 + covariates.length : 2;
    const pairs = wideStrata(control, arm, least);
    if (pairs.length === 0 || pairs.some(([zero, one]) => zero.n < least || one.n < least))
      return nothing('too_few', { ...conventions, ...named });
    const compared = regression
      ? compareRegressed(pairs, asked.weights)
      : compareArms(
          armsByStratum(
            pairs.map(([zero, one]) => ({ columns: [columnsOf(zero), columnsOf(one)] })),
            asked.weights,
          ),
          outcomeOf(first),
          covariates,
        );
    if ('reason' in compared) return answer(compared, asked, named);
    return answer({ ...compared, df: asked.test === 'z' ? null : compared.df }, asked, named);
  },
};

function compareRegressed(pairs: readonly [Moments, Moments][], weights: Options['weights']) {
  const strata = pairs.map(regressedStratum);
  const compared = compareArms(armsByStratum(strata, weights), outcomeOf(pairs[0]![0]));
  return 'reason' in compared ? compared : { ...compared, df: strata.reduce((sum, { df }) => sum + df, 0) };
}

export default stratified;
