import { chiSquareUpper } from './distributions/chi-square.ts';

/**
 * Chance of counts in the same bins as unlike as these, or more, when both sides are drawn from one distribution:
 * Pearson's chi-square test of homogeneity, without continuity correction (equals scipy `chi2_contingency(correction=False)`).
 * Bins empty on both sides are left out; null where a side has no rows or one bin is left.
 */
export function homogeneity(before: readonly number[], after: readonly number[]): number | null {
  const sum = (counts: readonly number[]) => counts.reduce((all, n) => all + n, 0);
  const [n, m] = [sum(before), sum(after)];
  const used = before.map((b, i) => [b, after[i] ?? 0] as const).filter(([b, a]) => b + a > 0);
  if (n === 0 || m === 0 || used.length < 2) return null;
  const statistic = used.reduce((all, [b, a]) => {
    const [was, is] = [((b + a) * n) / (n + m), ((b + a) * m) / (n + m)];
    return all + (b - was) ** 2 / was + (a - is) ** 2 / is;
  }, 0);
  return chiSquareUpper(statistic, used.length - 1);
}
