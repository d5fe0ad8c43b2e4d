import type { Interval } from '#core/stats/wilson.ts';
import { type Logged, rowsWhere } from '../data/logged.ts';
import type { Judged } from '../fit/nuisance.ts';
import { type ClusteredMean, clusteredMean } from './clustered.ts';

/**
 * What each row says of the outcome under an arm: the model's chance, corrected by what happened where the arm was taken,
 * m + 1{taken}(y − m)/e (Robins, Rotnitzky and Zhao, 1994). Its mean over rows with overlap is right when either the
 * chances of the arms or those of the outcome are.
 */
export function armScores(logged: Logged, judged: Judged, arm: number): Float64Array {
  const { taken, matrix } = logged;
  const m = judged.outcome[arm]!;
  const e = judged.propensity[arm]!;
  return m.map((value, row) =>
    taken[row] === arm && e[row]! > 0 ? value + (matrix.target[row]! - value) / e[row]! : value,
  );
}

/** Rows in which both an arm and doing nothing were possible, with overlap. */
export const comparable = (allowed: readonly Uint8Array[], arm: number): Int32Array =>
  rowsWhere(allowed[0]!.length, (row) => allowed[arm]![row] === 1 && allowed[0]![row] === 1);

export interface ArmEffect {
  arm: string;
  /** Rows compared, those among them that got the arm, and those that got nothing. */
  rows: number;
  attempted: number;
  untreated: number;
  /** Share with the outcome had all been given the arm, and had none been contacted. */
  treatedRate: Interval;
  untreatedRate: Interval;
  effect: ClusteredMean;
  /** Difference of the raw shares, for the reader to see what the correction did. */
  raw: number | null;
}

/** Fewest rows of an arm, and of doing nothing, that an effect is given for. */
export const leastOfArm = 30;

const refused = (reason: string): ClusteredMean => ({
  estimate: null,
  lower: null,
  upper: null,
  reason,
  standardError: null,
  clusters: 0,
});

/**
 * The mean effect of each arm against doing nothing over the rows in which both were possible: difference of `armScores`,
 * interval clustered by customer. Refused, with a reason, without attempts, without untreated rows or without overlap.
 */
export function armEffects(logged: Logged, judged: Judged, allowed: readonly Uint8Array[]): ArmEffect[] {
  const none = armScores(logged, judged, 0);
  return logged.arms.slice(1).map((arm, i) => {
    const a = i + 1;
    const rows = comparable(allowed, a);
    const scores = armScores(logged, judged, a);
    const clusters = Int32Array.from(rows, (row) => logged.matrix.groups[row]!);
    const count = (wanted: number) => rows.reduce((n, row) => n + (logged.taken[row] === wanted ? 1 : 0), 0);
    const rate = (wanted: number) =>
      rows.reduce((n, row) => n + (logged.taken[row] === wanted ? logged.matrix.target[row]! : 0), 0) /
      count(wanted);
    const attempted = count(a);
    const untreated = count(0);
    const known = { arm, rows: rows.length, attempted, untreated };
    const reason = reasonAgainst(logged, a, known);
    const of = (values: Float64Array) =>
      reason
        ? refused(reason)
        : clusteredMean(
            Float64Array.from(rows, (row) => values[row]!),
            clusters,
          );
    return {
      ...known,
      treatedRate: of(scores),
      untreatedRate: of(none),
      effect: of(scores.map((value, row) => value - none[row]!)),
      raw: attempted > 0 && untreated > 0 ? rate(a) - rate(0) : null,
    };
  });
}

function reasonAgainst(
  { taken }: Logged,
  arm: number,
  known: { rows: number; attempted: number; untreated: number },
): string | null {
  if (!taken.includes(arm)) return 'never_attempted';
  if (!taken.includes(0)) return 'no_untreated';
  if (known.rows === 0) return 'no_overlap';
  if (known.attempted < leastOfArm) return 'few_attempts';
  if (known.untreated < leastOfArm) return 'few_untreated';
  return null;
}
