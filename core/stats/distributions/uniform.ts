/** Chance that √n·D of n uniform numbers is above this, by Kolmogorov's series. */
function kolmogorovUpper(x: number): number {
  if (x < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += (k % 2 ? 1 : -1) * Math.exp(-2 * (k * x) ** 2);
  return Math.min(1, Math.max(0, 2 * sum));
}

/**
 * Whether numbers come from the uniform distribution on 0 to 1: Kolmogorov and Smirnov's test, with Stephens' (1970,
 * Journal of the Royal Statistical Society B 32:115) correction for few of them. null of no numbers.
 */
export function uniformityTest(values: readonly number[]): { statistic: number; pValue: number } | null {
  const n = values.length;
  if (n === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const statistic = sorted.reduce((most, value, i) => Math.max(most, (i + 1) / n - value, value - i / n), 0);
  const root = Math.sqrt(n);
  return { statistic, pValue: kolmogorovUpper((root + 0.12 + 0.11 / root) * statistic) };
}
