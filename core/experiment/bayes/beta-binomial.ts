import betaCdf from '@stdlib/stats-base-dists-beta-cdf';
import { type Belief, type Standing, standings } from './best-of.ts';

export interface Share {
  n: number;
  events: number;
}

/** Beta prior of a share: [½, ½] is Jeffreys', [1, 1] flat. Both above 0. */
export type BetaPrior = readonly [number, number];

/**
 * Posterior of a share, over the scale of ln(p/(1 − p)), where its density is smooth and falls to 0 on both sides even
 * of a prior that is infinite at 0 and 1.
 */
export function betaBelief({ n, events }: Share, prior: BetaPrior = [0.5, 0.5]): Belief {
  const [a, b] = [events + prior[0], n - events + prior[1]];
  const height = (u: number) => -a * softplus(-u) - b * softplus(u);
  const top = Math.log(a / b);
  const spread = Math.sqrt(1 / a + 1 / b);
  const below = (x: number) => (x <= 0 ? 0 : x >= 1 ? 1 : betaCdf(x, a, b));
  const belowNext = (x: number) => (x <= 0 ? 0 : x >= 1 ? 1 : betaCdf(x, a + 1, b));
  const density = (u: number) => Math.exp(height(u) - height(top));
  return {
    density,
    valueAt: (u) => 1 / (1 + Math.exp(-u)),
    breaks: [...walk(density, top, -spread).reverse(), top, ...walk(density, top, spread)],
    below,
    shortfall: (x) => Math.max(0, x * below(x) - (a / (a + b)) * belowNext(x)),
  };
}

const softplus = (u: number): number => (u > 0 ? u + Math.log1p(Math.exp(-u)) : Math.log1p(Math.exp(u)));

/** Steps away from the top, of one spread and later longer, until the density is nothing. */
function walk(density: (u: number) => number, top: number, step: number): number[] {
  const found: number[] = [];
  for (let far = 1; found.length < 200; far += far < 9 ? 1 : far / 8) {
    found.push(top + far * step);
    if (density(top + far * step) < 1e-18) break;
  }
  return found;
}

/** The mean of a share's posterior. */
export const betaMean = ({ n, events }: Share, prior: BetaPrior = [0.5, 0.5]): number =>
  (events + prior[0]) / (n + prior[0] + prior[1]);

/** Of arms of shares, the chance of each to be the best and what choosing it loses on average, in shares. */
export function betaStandings(
  arms: readonly Share[],
  prior: BetaPrior = [0.5, 0.5],
  better: 'higher' | 'lower' = 'higher',
): Standing[] {
  const turned = better === 'higher' ? arms : arms.map(({ n, events }) => ({ n, events: n - events }));
  const priorTurned: BetaPrior = better === 'higher' ? prior : [prior[1], prior[0]];
  return standings(turned.map((arm) => betaBelief(arm, priorTurned)));
}
