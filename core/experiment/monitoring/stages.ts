import { holm } from '../../stats/multiplicity.ts';
import { type ArmCount, peopleLost } from './people-lost.ts';
import { sampleRatio } from './sample-ratio.ts';
import { type Trust, trustOf } from './trust.ts';

/** People of an arm, stratum and day at a stage. */
export interface StageCell extends ArmCount {
  stratum: string;
  day: string;
}

export interface StageCheck {
  /** People by arm, in order of name. */
  counts: ArmCount[];
  /** Of all people; null where there is nothing to compare. */
  pValue: number | null;
  /** Least p-value of the strata and days, corrected by Holm for all of them; null where there are none. */
  withinP: number | null;
  /** The stratum or day of that one. */
  within: { by: 'stratum' | 'day'; name: string } | null;
  trust: Trust;
}

function byArm(cells: readonly ArmCount[]): ArmCount[] {
  const arms = new Map<string, ArmCount>();
  for (const { arm, n, of } of cells) {
    const before = arms.get(arm) ?? { arm, n: 0, of: 0 };
    arms.set(arm, { arm, n: before.n + n, of: before.of + of });
  }
  return [...arms.values()].sort((a, b) => (a.arm < b.arm ? -1 : 1));
}

function grouped(cells: readonly StageCell[], by: 'stratum' | 'day'): Map<string, StageCell[]> {
  const parts = new Map<string, StageCell[]>();
  for (const cell of cells) {
    const part = parts.get(cell[by]);
    if (part) part.push(cell);
    else parts.set(cell[by], [cell]);
  }
  return parts;
}

/** A test on all people, and on every stratum and every day where there are two or more of them. */
function everywhere(cells: readonly StageCell[], test: (counts: ArmCount[]) => number | null): StageCheck {
  const counts = byArm(cells);
  const parts = (['stratum', 'day'] as const).flatMap((by) => {
    const found = grouped(cells, by);
    if (found.size < 2) return [];
    return [...found].flatMap(([name, part]) => {
      const p = test(byArm(part));
      return p === null ? [] : [{ by, name, p }];
    });
  });
  const corrected = holm(parts.map(({ p }) => p));
  const pValue = test(counts);
  const withinP = corrected.length ? Math.min(...corrected) : null;
  const found = withinP === null ? undefined : parts[corrected.indexOf(withinP)];
  const least = [pValue, withinP].filter((p) => p !== null);
  return {
    counts,
    pValue,
    withinP,
    within: found ? { by: found.by, name: found.name } : null,
    trust: trustOf(least.length ? Math.min(...least) : null),
  };
}

/**
 * Whether a stage (cleared, exported, delivered, present in the outcomes) lost people alike in every arm: of all
 * people, and by stratum and by day with Holm. Under .001 the comparison is invalid, under .01 it is warned of.
 */
export const stageCheck = (cells: readonly StageCell[]): StageCheck =>
  everywhere(cells, (counts) => peopleLost(counts).pValue);

/** Least people that the weights must expect in every arm of a stratum or day for its ratio to be tested. */
const leastExpected = 5;

/**
 * Whether people are split by the planned weights, where how many there were is not known: of all people, and by
 * stratum and by day with Holm. A stratum or day too small for chi-square is left out.
 *
 * @param weights planned share of each arm, on any scale; an arm without one is left out
 */
export function ratioCheck(cells: readonly StageCell[], weights: ReadonlyMap<string, number>): StageCheck {
  const arms = [...weights.keys()].sort();
  const shares = arms.map((arm) => weights.get(arm)!);
  const least = Math.min(...shares.filter((share) => share > 0)) / shares.reduce((a, b) => a + b, 0);
  const whole = cells.reduce((total, { n }) => total + n, 0);
  return everywhere(
    cells.filter(({ arm }) => weights.has(arm)),
    (counts) => {
      const seen = arms.map((arm) => counts.find((one) => one.arm === arm)?.n ?? 0);
      const people = seen.reduce((a, b) => a + b, 0);
      if (people < whole && people * least < leastExpected) return null;
      return sampleRatio(seen, shares).pValue;
    },
  );
}
