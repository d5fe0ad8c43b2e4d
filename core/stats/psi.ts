import { chiSquareLimit, chiSquareUpper } from './distributions/chi-square.ts';

export interface Stability {
  /** Null where it cannot be computed, with a reason. */
  psi: number | null;
  /** What sampling alone gives on average when nothing changed: (B − 1)(1/N + 1/M). */
  expected: number | null;
  /** What sampling alone exceeds with probability `alpha`. */
  limit: number | null;
  /** Chance of such a value or a larger one when nothing changed. */
  p: number | null;
  reason?: 'no_rows' | 'one_bin';
}

const total = (counts: readonly number[]): number => counts.reduce((sum, n) => sum + n, 0);

/**
 * Population stability index of counts in the same bins before and after, Σ (a − b) ln(a / b) over shares, with what
 * sampling alone would give.
 *
 * Natural logarithm. A bin empty on both sides is left out; one empty on one side counts as half a row there. With
 * N rows before and M after, both drawn independently from one distribution over B bins, PSI ÷ (1/N + 1/M) is close to
 * chi-square with B − 1 degrees of freedom (Yurdakul 2018, Western Michigan University, chapter 3; Yurdakul & Naranjo
 * 2020, Journal of Risk Model Validation 14(4)), so a small sample has a large index without any change. Needs five
 * expected rows or so in each bin: merge rare ones first (`mergeRare`).
 */
export function stability(before: readonly number[], after: readonly number[], alpha = 0.01): Stability {
  const none = { psi: null, expected: null, limit: null, p: null };
  const [n, m] = [total(before), total(after)];
  if (n === 0 || m === 0) return { ...none, reason: 'no_rows' };
  const used = before.map((b, i) => [b, after[i] ?? 0] as const).filter(([b, a]) => b > 0 || a > 0);
  if (used.length < 2) return { ...none, reason: 'one_bin' };
  const psi = used.reduce((sum, [b, a]) => {
    const [was, is] = [Math.max(b, 0.5) / n, Math.max(a, 0.5) / m];
    return sum + (is - was) * Math.log(is / was);
  }, 0);
  const unit = 1 / n + 1 / m;
  const df = used.length - 1;
  return {
    psi,
    expected: df * unit,
    limit: chiSquareLimit(alpha, df) * unit,
    p: chiSquareUpper(psi / unit, df),
  };
}

/**
 * Which bins to count as one, as a group for each bin: those with fewer than `least` rows expected on the smaller side
 * under no change share the group −1; each other keeps its own index. Where all of the rare ones together still hold
 * fewer than that, they join the largest bin.
 */
export function mergeRare(before: readonly number[], after: readonly number[], least = 5): number[] {
  const [n, m] = [total(before), total(after)];
  const share = n + m === 0 ? 0 : Math.min(n, m) / (n + m);
  const expected = before.map((b, i) => (b + (after[i] ?? 0)) * share);
  const groups = expected.map((rows, i) => (rows < least ? -1 : i));
  const rare = total(expected.filter((rows) => rows < least));
  if (rare === 0 || rare >= least || rare === total(expected)) return groups;
  const largest = expected.indexOf(Math.max(...expected));
  return groups.map((group) => (group === -1 ? largest : group));
}

/** Counts by the groups of `mergeRare`, in the order groups first appear. */
export function grouped(counts: readonly number[], groups: readonly number[]): number[] {
  const sums = new Map<number, number>();
  groups.forEach((group, i) => {
    sums.set(group, (sums.get(group) ?? 0) + (counts[i] ?? 0));
  });
  return [...sums.values()];
}
