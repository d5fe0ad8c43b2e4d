import type { FeatureFigures } from '#core/contract/models/feature-report.ts';
import { chiSquareLimit } from '#core/stats/distributions/chi-square.ts';
import { normalQuantile } from '#core/stats/distributions/normal.ts';

type Information = FeatureFigures['information'];

const strengthOf = (value: number, chance: number): Information['strength'] => {
  if (value <= chance || value < 0.02) return 'chance';
  if (value < 0.1) return 'weak';
  if (value < 0.3) return 'medium';
  return value < 0.5 ? 'strong' : 'suspicious';
};

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/**
 * Information value Σ (p − q) ln(p / q) of a column, p and q its shares among events and others by bin, less what chance
 * adds on average, (B − 1)(1/N + 1/M), with a 95 % interval by the delta method, and the level a column without any
 * relation exceeds once in twenty times: IV ÷ (1/N + 1/M) is then chi-square with B − 1 degrees of freedom, the law of
 * `core/stats/psi.ts`. Strengths as in Siddiqi (2017): under 0.02 nothing, 0.1 weak, 0.3 medium, 0.5 strong, above
 * that suspiciously strong.
 *
 * @param events target summed by bin, and `others` the rest of the rows; a bin empty on both sides is left out and
 *   one empty on one side counts as half a row there
 * @param independent share of rows that count as independent: customers over rows
 */
export function informationOf(
  events: readonly number[],
  others: readonly number[],
  independent = 1,
): Information {
  const [n, m] = [sum(events), sum(others)];
  const none = { estimate: null, lower: null, upper: null, chance: null, strength: 'chance' as const };
  if (n === 0 || m === 0) return { ...none, reason: 'one_class' };
  const cells = events
    .map((count, i) => [count, others[i]!] as const)
    .filter(([a, b]) => a + b > 0)
    .map(([a, b]) => [Math.max(a, 0.5) / n, Math.max(b, 0.5) / m] as const);
  if (cells.length < 2) return { ...none, reason: 'one_bin' };
  const unit = (1 / n + 1 / m) / independent;
  const df = cells.length - 1;
  const raw = sum(cells.map(([p, q]) => (p - q) * Math.log(p / q)));
  const slopes = cells.map(([p, q]) => {
    const log = Math.log(p / q);
    return [log + 1 - q / p, -log + 1 - p / q] as const;
  });
  const spread = (side: 0 | 1) => {
    const mean = sum(cells.map((cell, i) => cell[side] * slopes[i]![side]));
    return sum(cells.map((cell, i) => cell[side] * slopes[i]![side] ** 2)) - mean ** 2;
  };
  const second = 2 * df * unit ** 2;
  const deviation = Math.sqrt((spread(0) / n + spread(1) / m) / independent + second);
  const half = normalQuantile(0.975) * deviation;
  const estimate = Math.max(0, raw - df * unit);
  const chance = Math.max(0, (chiSquareLimit(0.05, df) - df) * unit);
  return {
    estimate,
    lower: Math.max(0, estimate - half),
    upper: estimate + half,
    chance,
    strength: strengthOf(estimate, chance),
  };
}
