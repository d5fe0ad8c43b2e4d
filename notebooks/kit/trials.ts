import type { Comparison } from '#core/experiment/power/comparison.ts';
import { levelOf } from '#core/experiment/power/outcome.ts';
import difference from '#core/experiment/statistics/difference-in-proportions.ts';
import { wilson } from '#core/stats/wilson.ts';
import { seededRandom } from '#models/maths/random.ts';
import type { Trial } from '../figures/power.ts';

const trialsEach = 2000;
/** People are drawn one by one, so a large experiment is drawn fewer times. */
const drawsEach = 4_000_000;

/**
 * Experiments drawn at random, person by person, for each effect (percentage points), and the share in which the
 * two-sided test of the pooled difference found it. A covariate is taken as more people: its R² makes n worth
 * n ÷ (1 − R²). Equal seeds give equal trials.
 */
export function drawnTrials(comparison: Comparison, effects: readonly number[], seed = 1): Trial[] {
  const { controlN, armN, alpha, covariateR2 = 0 } = comparison;
  const baseRate = levelOf(comparison.outcome);
  const worth = (n: number) => Math.round(n / (1 - covariateR2));
  const [control, arm] = [worth(controlN), worth(armN)];
  const trials = Math.max(50, Math.min(trialsEach, Math.floor(drawsEach / (control + arm))));
  const options = difference.options.parse({ alpha });
  const random = seededRandom(seed);
  const draw = (n: number, rate: number) => {
    let events = 0;
    for (let i = 0; i < n; i++) if (random() < rate) events++;
    return { n, events };
  };
  return effects.map((effect) => {
    let seen = 0;
    for (let i = 0; i < trials; i++) {
      const found = difference.compute(draw(control, baseRate), draw(arm, baseRate + effect / 100), options);
      if (found.pValue !== null && found.pValue < alpha) seen++;
    }
    const { estimate, lower, upper } = wilson(seen, trials);
    return { effect, power: estimate ?? 0, lower: lower ?? 0, upper: upper ?? 1 };
  });
}
