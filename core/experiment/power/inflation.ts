import { normalQuantile } from '../../stats/distributions/normal.ts';
import { findRoot } from '../../stats/find-root.ts';
import type { Design } from '../define.ts';
import { lowerBound, upperBound } from '../sequential/bounds.ts';
import { confidenceSequence } from '../sequential/confidence-sequence.ts';
import { above, advance, type Front, start } from '../sequential/front.ts';
import { type Inference, inferenceOf } from '../sequential/look-plan.ts';
import { spent } from '../sequential/spending.ts';

interface Looks {
  inference: Inference;
  /** Of one comparison, both sides. */
  alpha: number;
  power: number;
  spending: 'obrien_fleming' | 'pocock';
  /** Of a group sequential plan. */
  futility: boolean;
  information: readonly number[];
}

/** Coarser than verdicts need: the factor is right to about a thousandth, and a page asks for it on every key. */
const resolution = 9;

/** The sequence of increments of what is spent. */
const steps = (cumulative: readonly number[]): number[] =>
  cumulative.map((value, i) => value - (cumulative[i - 1] ?? 0));

/** Upper bounds that spend alpha, half a side. */
function spendingBounds({ alpha, spending, information }: Looks): number[] {
  let front: Front = start;
  const chances = steps(spent({ kind: spending }, alpha / 2, information, true));
  return information.map((t, i) => {
    const upper = upperBound(front, t, 0, chances[i]!);
    front = advance(front, t, 0, { lower: -upper, upper }, resolution);
    return upper;
  });
}

/** Half the width of a confidence sequence that is narrowest with everybody in, in standard errors. */
const sequenceBounds = ({ alpha, information }: Looks): number[] =>
  information.map((t) => {
    const unit = { estimate: 0, standardError: 1, n: t, narrowestAt: 1, alpha, sided: 'two' as const };
    return confidenceSequence(unit).upper ?? Number.POSITIVE_INFINITY;
  });

/** Chance of ending above under a drift; with futility, its bounds spend 1 − power under that drift and are heeded. */
function powerUnder(looks: Looks, upper: readonly number[], drift: number): number {
  const { information, spending, power } = looks;
  const futility = looks.futility && looks.inference === 'group_sequential';
  const missed = futility ? steps(spent({ kind: spending }, 1 - power, information, true)) : [];
  let front: Front = start;
  let found = 0;
  information.forEach((t, i) => {
    found += above(front, t, drift, upper[i]!);
    if (i === information.length - 1) return;
    const low = futility ? Math.min(upper[i]!, lowerBound(front, t, drift, missed[i]!)) : -upper[i]!;
    front = advance(front, t, drift, { lower: Math.max(low, -upper[i]!), upper: upper[i]! }, resolution);
  });
  return found;
}

/**
 * People that looks cost at most, as a multiple of those of a single one with the same error and power: by the bounds
 * of the plan, or by a confidence sequence read at those looks (whose width costs even at one). As `planFor` of the
 * bounds themselves, to a thousandth; 1 where the looks cannot have that power.
 */
export function looksInflation(looks: Looks): number {
  const fixed = normalQuantile(1 - looks.alpha / 2) + normalQuantile(looks.power);
  const upper = looks.inference === 'always_valid' ? sequenceBounds(looks) : spendingBounds(looks);
  const off = (drift: number) => powerUnder(looks, upper, drift) - looks.power;
  const drift = findRoot(off, fixed * 0.97, fixed * 2, 1e-4);
  return drift === null ? 1 : (drift / fixed) ** 2;
}

const known = new Map<string, number>();
const mostKept = 500;

/**
 * The factor by which a design's looks widen its comparisons: 1 with one look at maturity.
 *
 * @param alpha of one comparison, both sides
 * @param information share of the people at each look
 */
export function inflationOf(design: Design, alpha: number, information: readonly number[]): number {
  const inference = inferenceOf(design);
  if (inference === 'fixed' || (inference === 'group_sequential' && information.length < 2)) return 1;
  const { spending, futility } = design.analysis;
  const looks = { inference, alpha, power: design.power, spending, futility, information };
  const key = JSON.stringify(looks);
  const kept = known.get(key);
  if (kept !== undefined) return kept;
  const inflation = looksInflation(looks);
  if (known.size >= mostKept) known.clear();
  known.set(key, inflation);
  return inflation;
}
