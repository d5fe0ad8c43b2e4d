import type { Text } from '../text/text.ts';
import { nothing } from './estimating/answer.ts';
import { figureOf, fromDraws, redrawn } from './estimating/bootstrap.ts';
import type { Conventions, Effect, Replicates } from './statistic.ts';

/** What one arm collected, of one currency, and what reaching it cost. */
export interface MoneyEvidence {
  /** Cash per person, as it was and capped, with the same draws. */
  raw: Replicates;
  capped: Replicates;
  /** Of messages, per 1,000 people assigned; a cost that differs from person to person is taken off the cash instead. */
  costPerThousand: number;
}

export interface IncrementalMoney {
  capped: Effect;
  raw: Effect;
}

/**
 * Cash that an arm brings more than control per 1,000 people assigned, net of what the messages cost, with its
 * bootstrap percentile interval (Efron and Tibshirani 1993), capped and as it was side by side: where they disagree a
 * few very large payments speak.
 *
 * One currency; everybody assigned counts, who paid nothing with 0. Each arm's draws are independent of the other's.
 * Costs are known, so they move the effect and not its error. Errors in the effect: `empty_arm`, `too_few` (people, or
 * draws), `no_variation` (nobody paid differently from anybody).
 */
export function incrementalCash(
  control: MoneyEvidence,
  arm: MoneyEvidence,
  { alpha = 0.05 }: { alpha?: number } = {},
): IncrementalMoney {
  const cost = arm.costPerThousand - control.costPerThousand;
  return {
    capped: netOf(control.capped, arm.capped, cost, alpha),
    raw: netOf(control.raw, arm.raw, cost, alpha),
  };
}

/** The method where random groups of people were drawn instead of people. */
export const methodInGroups = (method: Text, groups: number): Text => ({
  es: `${method.es} de ${groups} grupos de personas al azar en cada brazo`,
  en: `${method.en} over ${groups} random groups of people in each arm`,
});

function netOf(control: Replicates, arm: Replicates, cost: number, alpha: number): Effect {
  const conventions: Conventions = {
    scale: 'difference',
    sided: 'two',
    interval: 'bootstrap_percentile',
    test: 'bootstrap_percentile',
    df: null,
  };
  if (control.moments.n < 1 || arm.moments.n < 1) return nothing('empty_arm', conventions);
  const found = redrawn(control, arm, figureOf(false));
  if (!found || control.moments.n < 2 || arm.moments.n < 2) return nothing('too_few', conventions);
  const net = (zero: number, one: number) => 1000 * (one - zero) - cost;
  const effects = found.draws.map(([zero, one]) => net(zero, one));
  return fromDraws(
    net(found.control, found.arm),
    effects,
    { alpha, sided: 'two', interval: 'percentile' },
    conventions,
  );
}
