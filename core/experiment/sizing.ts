import type { Interval } from '../stats/wilson.ts';
import type { Text } from '../text/text.ts';
import type { Design } from './define.ts';
import { alphaPerComparison, type Comparison, powerFor, smallestEffect } from './power.ts';
import { largestUsefulEffect, sizingSentence } from './sentence.ts';

export interface SizingInput {
  /** People who could get any arm. */
  eligible: number;
  /** Share of such people who cleared within the horizon, in the past. */
  baseRate: Interval;
  covariateR2: number;
}

/** What a design with so many people could see. Effects in percentage points. */
export interface DesignSize {
  perArm: { name: string; n: number }[];
  smallestEffect: number | null;
  answerable: boolean;
  sentence: Text;
  curve: { effect: number; power: number }[];
}

/** Whole people by weight: largest remainders, the earlier arm first on a tie. */
function divide(people: number, arms: Design['arms']): { name: string; n: number }[] {
  const total = arms.reduce((sum, arm) => sum + arm.weight, 0);
  const exact = arms.map((arm) => (people * arm.weight) / total);
  const whole = exact.map(Math.floor);
  const order = exact
    .map((_, i) => i)
    .sort((a, b) => exact[b]! - whole[b]! - (exact[a]! - whole[a]!) || a - b);
  const left = people - whole.reduce((sum, n) => sum + n, 0);
  for (const i of order.slice(0, left)) whole[i]!++;
  return arms.map((arm, i) => ({ name: arm.name, n: whole[i]! }));
}

/**
 * The smallest rise over the base rate that *every* arm's comparison with control sees with the planned power,
 * and the power curve of the comparison that sees least (fewest people). Two-sided test of two proportions; with
 * Holm each comparison has alpha ÷ comparisons.
 */
export function sizeDesign(design: Design, { eligible, baseRate, covariateR2 }: SizingInput): DesignSize {
  const perArm = divide(eligible, design.arms);
  const nOf = (name: string) => perArm.find((arm) => arm.name === name)?.n ?? 0;
  const others = design.arms.filter((arm) => arm.name !== design.control);
  const weakest = Math.min(...others.map((arm) => nOf(arm.name)));
  const rate = baseRate.estimate;
  const comparison: Comparison | null =
    rate === null
      ? null
      : {
          controlN: nOf(design.control),
          armN: weakest,
          baseRate: rate,
          covariateR2,
          alpha: alphaPerComparison(design.alpha, others.length, design.correction),
        };
  const effect = comparison && smallestEffect(design.power, comparison);
  const points = effect === null ? null : effect * 100;
  return {
    perArm,
    smallestEffect: points,
    answerable: points !== null && points <= largestUsefulEffect,
    sentence: sizingSentence({
      people: eligible,
      arms: design.arms.length,
      horizonDays: design.metric.horizonDays,
      power: design.power,
      baseRate: rate,
      smallestEffect: points,
    }),
    curve: comparison && weakest > 0 && comparison.controlN > 0 ? curveOf(comparison, points) : [],
  };
}

const curveSteps = 40;

function curveOf(comparison: Comparison, points: number | null): DesignSize['curve'] {
  const room = (1 - comparison.baseRate) * 100;
  const end = Math.min(room, Math.max(largestUsefulEffect, 2 * (points ?? room)));
  return Array.from({ length: curveSteps + 1 }, (_, i) => {
    const effect = (end * i) / curveSteps;
    return { effect, power: powerFor(effect / 100, comparison) };
  });
}
