import { z } from 'zod';
import {
  chances,
  exactOddsInterval,
  likeliestOddsRatio,
  type Margins,
  tails,
} from '../../stats/two-shares/hypergeometric.ts';
import { nothing, openEnd } from '../estimating/answer.ts';
import { allAlike, differenceInterval, shareOf, unpooledError } from '../estimating/counts.ts';
import { alpha, sided } from '../estimating/question.ts';
import type { Conventions, Counts, Effect, Statistic } from '../statistic.ts';

const options = z.object({
  alpha,
  sided,
  /** What two sides are. as_unlikely: tables no likelier than the one seen (R, SciPy); doubled: twice the smaller tail. */
  twoSides: z.enum(['as_unlikely', 'doubled']).default('as_unlikely'),
  /** Counts half of the table seen: less strict, near the level on average. */
  midP: z.boolean().default(false),
  /** difference: of shares, with Newcombe's interval; odds_ratio: conditional, with its exact interval (R `fisher.test`). */
  scale: z.enum(['difference', 'odds_ratio']).default('difference'),
});
type Options = z.output<typeof options>;

const marginsOf = (control: Counts, arm: Counts): Margins => ({
  armN: arm.n,
  controlN: control.n,
  events: control.events + arm.events,
});

function exactP(control: Counts, arm: Counts, { sided: side, twoSides, midP }: Options): number {
  const all = chances(marginsOf(control, arm));
  const { least, most, exactly } = tails(all, arm.events);
  const half = midP ? exactly / 2 : 0;
  if (side === 'greater') return most - half;
  if (side === 'less') return least - half;
  if (twoSides === 'doubled') return Math.min(1, 2 * (Math.min(least, most) - half));
  const unlikely = all.chance.reduce((sum, p) => (p <= exactly * (1 + 1e-7) ? sum + p : sum), 0);
  return Math.min(1, unlikely - half);
}

/**
 * Fisher's exact test of two shares, for counts too small for the normal distribution, beside the difference of the
 * shares or the conditional odds ratio.
 *
 * Given the margins the count in the arm is hypergeometric when nothing differs; the p-value never understates, mid-p
 * aside. Fisher RA (1935), Journal of the Royal Statistical Society 98:39; two-sided as R and SciPy by default. The
 * conditional odds ratio is the likeliest one, its interval Cornfield's, whose tails are each alpha / 2 and agree with
 * `doubled`. Errors: `empty_arm`; `no_variation` where nobody or everybody had the outcome; for the odds ratio `too_few`
 * where it is 0 or without end.
 */
const fisherExact: Statistic<Options, 'counts'> = {
  text: {
    title: { es: 'Prueba exacta de Fisher', en: 'Fisher’s exact test' },
    summary: {
      es: 'Para resultados poco frecuentes: compara las proporciones sin aproximaciones.',
      en: 'For rare outcomes: compares shares without approximations.',
    },
  },
  needs: 'counts',
  options,
  examples: [
    options.parse({}),
    options.parse({ twoSides: 'doubled', scale: 'odds_ratio' }),
    options.parse({ scale: 'odds_ratio', midP: true }),
    options.parse({ scale: 'odds_ratio', sided: 'greater' }),
    options.parse({ sided: 'less', midP: true }),
  ],
  laws: ({ sided: side, twoSides, midP, scale }) => ({
    merge: 'exact',
    swap: side === 'two' ? (scale === 'difference' ? 'negates' : 'inverts') : 'none',
    dual: scale === 'odds_ratio' && !midP && (side !== 'two' || twoSides === 'doubled'),
    coverage: 0.93,
  }),
  compute(control, arm, asked): Effect {
    const { sided: side, scale } = asked;
    const conventions: Conventions = {
      scale,
      sided: side,
      interval: scale === 'difference' ? 'newcombe' : 'cornfield_exact',
      test: `fisher_${side === 'two' ? asked.twoSides : 'one_sided'}${asked.midP ? '_mid_p' : ''}`,
      df: null,
    };
    if (control.n < 1 || arm.n < 1) return nothing('empty_arm', conventions);
    if (allAlike(control, arm)) return nothing('no_variation', conventions);
    const level = side === 'two' ? asked.alpha : 2 * asked.alpha;
    const pValue = exactP(control, arm, asked);
    if (scale === 'difference')
      return {
        estimate: shareOf(arm) - shareOf(control),
        ...openEnd(side, ...differenceInterval(control, arm, level, 'newcombe')),
        standardError: unpooledError(control, arm),
        pValue,
        conventions,
      };
    const margins = marginsOf(control, arm);
    const estimate = likeliestOddsRatio(margins, arm.events);
    const interval = exactOddsInterval(margins, arm.events, level);
    if (estimate === null || interval === null) return nothing('too_few', conventions);
    const [a, b, c, d] = [arm.events, arm.n - arm.events, control.events, control.n - control.events];
    return {
      estimate,
      ...openEnd(side, ...interval),
      standardError: Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d),
      pValue,
      conventions,
    };
  },
};

export default fisherExact;
