import { type Logged, rowsWhere } from '../data/logged.ts';
import type { Judged } from '../fit/nuisance.ts';
import { type ClusteredMean, clusteredMean, withInterval } from './clustered.ts';
import { armScores } from './effects.ts';

/** Limits under which a value is not given: too few rows carry it, or one carries too much. */
export const refusal = { effectiveSize: 100, largestShare: 0.1 } as const;

export interface PolicyValue {
  id: string;
  /** Rows valued: those in which doing nothing has overlap. */
  rows: number;
  /** Rows in which what was done is what the policy would do. */
  matching: number;
  /** (Σ w)² / Σ w² of the weights w = 1{taken = policy}/e, Kish (1965). */
  effectiveSize: number;
  /** Part of the sum of weights that the heaviest row holds. */
  largestShare: number;
  ips: ClusteredMean;
  snips: ClusteredMean;
  doublyRobust: ClusteredMean;
}

/**
 * The share with the outcome had a policy been followed, from decisions taken by another:
 * inverse propensity (Horvitz and Thompson 1952), Σ w y / n; self-normalised (Hájek 1971; Swaminathan and Joachims 2015),
 * Σ w y / Σ w; doubly robust (Dudík, Langford and Li 2011), mean of the model's chance under the policy plus w (y − m).
 * Intervals are normal, from each row's influence summed by customer. All three are refused, with the figures standing
 * beside, when the effective size is under 100 or one weight holds more than a tenth.
 *
 * @param choice arm the policy gives each row; must be one the row allows. null: what was done, whose value is the mean
 */
export function valuePolicy(
  id: string,
  logged: Logged,
  judged: Judged,
  allowed: readonly Uint8Array[],
  choice: Int32Array | null,
): PolicyValue {
  const rows = rowsWhere(logged.matrix.rows, (row) => allowed[0]![row] === 1);
  const clusters = Int32Array.from(rows, (row) => logged.matrix.groups[row]!);
  const y = Float64Array.from(rows, (row) => logged.matrix.target[row]!);
  if (!choice) {
    const done = clusteredMean(y, clusters);
    const n = rows.length;
    return {
      id,
      rows: n,
      matching: n,
      effectiveSize: n,
      largestShare: n > 0 ? 1 / n : 0,
      ips: done,
      snips: done,
      doublyRobust: done,
    };
  }
  const weights = Float64Array.from(rows, (row) => {
    const arm = choice[row]!;
    return logged.taken[row] === arm ? 1 / judged.propensity[arm]![row]! : 0;
  });
  let sum = 0;
  let squares = 0;
  let largest = 0;
  let matching = 0;
  for (const weight of weights) {
    sum += weight;
    squares += weight * weight;
    largest = Math.max(largest, weight);
    matching += weight > 0 ? 1 : 0;
  }
  const figures = {
    id,
    rows: rows.length,
    matching,
    effectiveSize: squares > 0 ? (sum * sum) / squares : 0,
    largestShare: sum > 0 ? largest / sum : 0,
  };
  const reason = reasonAgainst(figures);
  if (reason) {
    const no: ClusteredMean = {
      estimate: null,
      lower: null,
      upper: null,
      reason,
      standardError: null,
      clusters: 0,
    };
    return { ...figures, ips: no, snips: no, doublyRobust: no };
  }
  const weighted = y.map((value, i) => value * weights[i]!);
  const ratio = weighted.reduce((total, value) => total + value, 0) / sum;
  const perWeight = rows.length / sum;
  const byArm = logged.arms.map((_, arm) => armScores(logged, judged, arm));
  return {
    ...figures,
    ips: clusteredMean(weighted, clusters),
    snips: withInterval(
      ratio,
      y.map((value, i) => weights[i]! * (value - ratio) * perWeight),
      clusters,
    ),
    doublyRobust: clusteredMean(
      Float64Array.from(rows, (row) => byArm[choice[row]!]![row]!),
      clusters,
    ),
  };
}

function reasonAgainst({
  rows,
  matching,
  effectiveSize,
  largestShare,
}: Omit<PolicyValue, 'id' | 'ips' | 'snips' | 'doublyRobust'>): string | null {
  if (rows === 0) return 'no_overlap';
  if (matching === 0) return 'never_taken';
  if (largestShare > refusal.largestShare) return 'one_weight';
  return effectiveSize < refusal.effectiveSize ? 'effective_size' : null;
}

/** An arm wherever it is allowed, and nothing elsewhere. */
export const alwaysArm = (allowed: readonly Uint8Array[], arm: number): Int32Array =>
  Int32Array.from(allowed[arm]!, (may) => (may === 1 ? arm : 0));

/** The allowed arm with the largest value in each row; doing nothing is worth 0 and wins ties. */
export function bestArm(allowed: readonly Uint8Array[], worth: readonly Float64Array[]): Int32Array {
  return Int32Array.from(allowed[0]!, (_, row) => {
    let best = 0;
    let most = 0;
    for (let arm = 1; arm < worth.length; arm++)
      if (allowed[arm]![row] === 1 && worth[arm]![row]! > most) {
        most = worth[arm]![row]!;
        best = arm;
      }
    return best;
  });
}
