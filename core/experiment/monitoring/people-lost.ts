import { homogeneity } from '../../stats/homogeneity.ts';

export interface ArmCount {
  arm: string;
  /** People still there. */
  n: number;
  /** People who could be there. */
  of: number;
}

export interface LossTest {
  /** null: one arm, or nobody or everybody lost. */
  pValue: number | null;
  method: 'chi_square' | 'exact' | 'none';
}

/** Smallest expected number for which chi-square is taken. */
const leastExpected = 5;
/** Most tables that the exact test looks through. */
const mostTables = 50_000;

/** ln C(n, k) for k = 0 … upto; −∞ where k > n. */
function logChoose(n: number, upto: number): number[] {
  const logs = [0];
  for (let k = 1; k <= upto; k++)
    logs.push(k > n ? Number.NEGATIVE_INFINITY : logs[k - 1]! + Math.log((n - k + 1) / k));
  return logs;
}

/** Chance of a split of the rare ones among the arms no likelier than the one seen, given how many each arm has. */
function exact(rare: readonly number[], of: readonly number[]): number {
  const total = rare.reduce((a, b) => a + b, 0);
  const logs = of.map((n) => logChoose(n, total));
  const whole = logChoose(
    of.reduce((a, b) => a + b, 0),
    total,
  )[total]!;
  const seen = rare.reduce((sum, k, arm) => sum + logs[arm]![k]!, 0);
  let chance = 0;
  const walk = (arm: number, left: number, sum: number): void => {
    if (arm === of.length - 1) {
      const all = sum + logs[arm]![left]!;
      if (all <= seen + 1e-7) chance += Math.exp(all - whole);
      return;
    }
    for (let k = 0; k <= Math.min(left, of[arm]!); k++) walk(arm + 1, left - k, sum + logs[arm]![k]!);
  };
  walk(0, total, 0);
  return Math.min(1, chance);
}

/** Ways to split so many among so many arms. */
function tables(total: number, arms: number): number {
  let ways = 1;
  for (let i = 1; i < arms; i++) ways = (ways * (total + i)) / i;
  return ways;
}

/**
 * Whether arms lost people alike between one stage and the next, given how many each had.
 *
 * Much sharper than the ratio of those left: of three arms of 10,000, 200 lost from one alone are beyond doubt here and
 * ordinary there. Chi-square of lost and kept by arm, without correction; where an arm would be expected to lose or
 * keep under 5 people, the exact test of Freeman and Halton (1951, Biometrika 38:141) instead, up to 50,000 tables.
 */
export function peopleLost(counts: readonly ArmCount[]): LossTest {
  const arms = counts.filter(({ of }) => of > 0);
  const [kept, lost] = [arms.map(({ n }) => n), arms.map(({ n, of }) => of - n)];
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const people = sum(arms.map(({ of }) => of));
  if (arms.length < 2 || sum(kept) === 0 || sum(lost) === 0) return { pValue: null, method: 'none' };
  const rare = sum(lost) <= sum(kept) ? lost : kept;
  const expected = Math.min(...arms.map(({ of }) => (of * sum(rare)) / people));
  return expected < leastExpected && tables(sum(rare), arms.length) <= mostTables
    ? {
        pValue: exact(
          rare,
          arms.map(({ of }) => of),
        ),
        method: 'exact',
      }
    : { pValue: homogeneity(lost, kept), method: 'chi_square' };
}
