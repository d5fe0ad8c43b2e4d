import type { Logged } from '../data/logged.ts';

/** Chances outside are too near 0 or 1 to compare people by: those rows are set aside. */
export const trimBounds = [0.02, 0.98] as const;

/**
 * For each arm, 1 where the person could be given it and its chance lies within the bounds. No policy and no effect looks
 * at an arm elsewhere. Crump, Hotz, Imbens and Mitnik (2009) trim alike at .1 and .9.
 */
export function allowedArms(
  logged: Pick<Logged, 'permitted'>,
  propensity: readonly Float64Array[],
  [lower, upper]: readonly [number, number] = trimBounds,
): Uint8Array[] {
  return propensity.map((values, arm) =>
    Uint8Array.from(values, (value, row) =>
      logged.permitted[arm]![row] === 1 && value >= lower && value <= upper ? 1 : 0,
    ),
  );
}

export interface OverlapBin {
  from: number;
  upTo: number;
  /** Rows that got the arm, and rows that could have and did not. */
  attempted: number;
  others: number;
}

export interface ArmOverlap {
  arm: string;
  bins: OverlapBin[];
  /** Rows that could be given the arm. */
  permitted: number;
  /** Share of them outside the bounds; null without any. */
  trimmedShare: number | null;
}

const steps = 20;

/** How the chance of each arm is spread over those who got it and those who could have. */
export function overlapOf(
  logged: Pick<Logged, 'arms' | 'taken' | 'permitted'>,
  propensity: readonly Float64Array[],
  allowed: readonly Uint8Array[],
): ArmOverlap[] {
  return logged.arms.map((arm, a) => {
    const bins = Array.from({ length: steps }, (_, i) => ({
      from: i / steps,
      upTo: (i + 1) / steps,
      attempted: 0,
      others: 0,
    }));
    let permitted = 0;
    let kept = 0;
    for (let row = 0; row < logged.taken.length; row++) {
      if (logged.permitted[a]![row] !== 1) continue;
      permitted++;
      kept += allowed[a]![row]!;
      const bin = bins[Math.min(steps - 1, Math.floor(propensity[a]![row]! * steps))]!;
      if (logged.taken[row] === a) bin.attempted++;
      else bin.others++;
    }
    return { arm, bins, permitted, trimmedShare: permitted > 0 ? 1 - kept / permitted : null };
  });
}
