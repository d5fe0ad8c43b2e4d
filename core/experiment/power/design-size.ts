import type { DesignHistory, DesignSize, MetricHistory } from '../../contract/experiments/sizing.ts';
import type { Design } from '../define.ts';
import { type Family, levelOf } from '../many/levels.ts';
import { shownUnits } from './amounts.ts';
import { type Comparison, powerFor } from './comparison.ts';
import { guardrailSize } from './guardrail-size.ts';
import { inflationOf } from './inflation.ts';
import { comparisonOf, improving, largestUseful, primaryOf, visible, type Weakest } from './metric-size.ts';
import { roomFor } from './outcome.ts';
import { daysFor, lastEntryDay, peopleOf, plannedLooks } from './schedule.ts';
import { sizingSentence } from './sentence.ts';
import { peopleFor, smallestEffect } from './solve.ts';

/** Whole people by weight: largest remainders, the earlier arm first on a tie. */
export function divide(people: number, arms: Design['arms']): { name: string; n: number }[] {
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

/** Control, and the arm that gets the fewest people. */
export function weakestOf(design: Design, perArm: DesignSize['perArm']): Weakest {
  const nOf = (name: string) => perArm.find((arm) => arm.name === name)?.n ?? 0;
  const others = design.arms.filter((arm) => arm.name !== design.control);
  return { controlN: nOf(design.control), armN: Math.min(...others.map((arm) => nOf(arm.name))) };
}

/** The arms of a design as they share its error, at the step where none is told apart yet. */
export function familyOf(design: Design, looks: number): Family {
  const { alpha, correction, arms, control } = design;
  return {
    alpha,
    correction,
    control: arms.find(({ name }) => name === control)?.weight || 1,
    arms: arms.filter(({ name }) => name !== control).map(({ weight }) => weight || 1),
    looks,
  };
}

/**
 * The comparison of the primary metric that sees least; null where its past is not known.
 *
 * @param information share of the people at each look
 */
export function primaryComparison(
  design: Design,
  metric: MetricHistory,
  perArm: DesignSize['perArm'],
  information: readonly number[],
): Comparison | null {
  const alpha = levelOf(familyOf(design, information.length));
  const comparison = comparisonOf(metric, weakestOf(design, perArm), alpha);
  return comparison && { ...comparison, inflation: inflationOf(design, alpha, information) };
}

/**
 * What a design could see with the people of its history: the smallest improvement that *every* arm's comparison with
 * control sees with the planned power (both sides, error shared as the design says, looks paid for), the power curve
 * of the comparison that sees least, what each guardrail would catch, and when. Pure and quick: the page calls it on
 * every change.
 */
export function sizeDesign(design: Design, given: DesignHistory): DesignSize {
  const history = design.analysis.estimator === 'adjusted' ? given : withoutCovariates(given);
  const people = peopleOf(design, history);
  const perArm = divide(people, design.arms);
  const weakest = weakestOf(design, perArm);
  const looks = plannedLooks(design, history);
  const information = looks.map((look) => look.information);
  const alpha = levelOf(familyOf(design, looks.length));
  const inflation = inflationOf(design, alpha, information);
  const primary = primaryOf(history);
  const comparison = primary ? primaryComparison(design, primary, perArm, information) : null;
  const effect = primary && comparison ? smallestEffect(design.power, comparison, improving(primary)) : null;
  const factor = shownUnits(primary?.unit ?? 'share');
  const shown = effect === null ? null : effect * factor;
  const reached = history.delivered.estimate;
  const daysToDecision = lastEntryDay(design) + design.metric.horizonDays;
  const answerable = primary !== undefined && shown !== null && shown <= largestUseful(primary);
  return {
    people,
    perArm,
    smallestEffect: shown,
    smallestReached: shown !== null && reached ? shown / reached : null,
    effectUnit: primary?.unit ?? 'share',
    answerable,
    sentence: sizingSentence({
      people,
      arms: design.arms.length,
      days: daysToDecision,
      horizonDays: design.metric.horizonDays,
      power: design.power,
      metric: primary ?? null,
      smallestEffect: shown,
      answerable,
    }),
    curve:
      primary && comparison && weakest.armN > 0 && weakest.controlN > 0
        ? curveOf(comparison, primary, shown)
        : [],
    secondary: history.metrics
      .filter((metric) => metric.role === 'secondary')
      .map((metric) =>
        visible(metric, enough(weakest) ? comparisonOf(metric, weakest, alpha) : null, design.power),
      ),
    guardrails: history.metrics
      .filter((metric) => metric.role === 'guardrail')
      .map((metric) =>
        guardrailSize(metric, weakest, {
          alpha: design.alpha,
          power: design.power,
          arms: Math.max(1, design.arms.length - 1),
        }),
      ),
    looks,
    daysToDecision,
    needed: primary && comparison ? neededFor(design, history, primary, comparison, shown) : [],
    inflation,
  };
}

const withoutCovariates = (history: DesignHistory): DesignHistory => ({
  ...history,
  metrics: history.metrics.map((metric) => ({ ...metric, covariateR2: 0 })),
});

const enough = ({ controlN, armN }: Weakest): boolean => controlN > 0 && armN > 0;

const curveSteps = 40;

function curveOf(comparison: Comparison, metric: MetricHistory, shown: number | null): DesignSize['curve'] {
  const factor = shownUnits(metric.unit);
  const way = improving(metric);
  const room = roomFor(comparison.outcome, way) * factor;
  const end = Math.min(room, Math.max(largestUseful(metric), 2 * (shown ?? room)));
  return Array.from({ length: curveSteps + 1 }, (_, i) => {
    const effect = (end * i) / curveSteps;
    return { effect, power: powerFor((way * effect) / factor, comparison) };
  });
}

const pointsAsked = [1, 1.5, 2, 3];

/** People and days for effects a person may want to see, with the design's weights. */
function neededFor(
  design: Design,
  history: DesignHistory,
  metric: MetricHistory,
  comparison: Comparison,
  shown: number | null,
): DesignSize['needed'] {
  const effects = metric.unit === 'share' ? pointsAsked : shown === null ? [] : [shown / 2, shown, shown * 2];
  const factor = shownUnits(metric.unit);
  const total = design.arms.reduce((sum, arm) => sum + arm.weight, 0);
  const of = (name: string) => (design.arms.find((arm) => arm.name === name)?.weight ?? 0) / total;
  const others = design.arms.filter((arm) => arm.name !== design.control);
  const shares = {
    control: of(design.control),
    arm: Math.min(...others.map((arm) => of(arm.name))),
  };
  return effects.map((effect) => {
    const people = peopleFor((improving(metric) * effect) / factor, design.power, shares, comparison);
    return { effect, people, days: people === null ? null : daysFor(people, design, history) };
  });
}
