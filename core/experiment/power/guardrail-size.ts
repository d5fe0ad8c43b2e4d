import type { GuardrailSize, MetricHistory } from '../../contract/experiments/sizing.ts';
import { format, type Locale, type Text } from '../../text/text.ts';
import { harmAlpha, harmInflation } from '../monitoring/harm.ts';
import { amount, roundedUp, shownUnits } from './amounts.ts';
import { type Comparison, powerFor } from './comparison.ts';
import { comparisonOf, described, improving, outcomeOf, type Weakest } from './metric-size.ts';
import { roomFor } from './outcome.ts';
import { firstReaching, smallestEffect } from './solve.ts';

const reached: Text = {
  es: 'Se notaría un daño desde {harm}. El margen de {margin} se puede sostener.',
  en: 'A harm of {harm} or more would be noticed. The margin of {margin} can be shown to be kept.',
};
const unreached: Text = {
  es: 'Se notaría un daño desde {harm}. El margen de {margin} no se alcanza: con estas personas solo puede descartarse un daño de {least}.',
  en: 'A harm of {harm} or more would be noticed. The margin of {margin} cannot be reached: these people could only rule out a harm of {least}.',
};
const blind: Text = {
  es: 'Ningún daño se notaría con estas personas.',
  en: 'No harm would be noticed with these people.',
};
const unknown: Text = {
  es: 'No se sabe qué daño se notaría: la cartera no tiene historia de esta medida.',
  en: 'What harm would be noticed is not known: the portfolio has no history of this measure.',
};

/**
 * The smallest margin that is shown to be kept, with the power planned, where the arm does no harm at all: the end of
 * a one-sided interval at alpha is then inside it.
 */
function smallestMargin(comparison: Comparison, harmful: 1 | -1, power: number): number | null {
  const at = (margin: number) =>
    powerFor(0, { ...comparison, supposed: harmful * margin, sided: harmful > 0 ? 'less' : 'greater' });
  return firstReaching(power, 0, roomFor(comparison.outcome, harmful), at);
}

/**
 * What harm a guardrail would catch, by the daily watch as it is run, and whether its margin can be shown to be kept.
 *
 * @param arms compared with control, which share the watch's error
 */
export function guardrailSize(
  metric: MetricHistory,
  people: Weakest,
  { alpha, power, arms }: { alpha: number; power: number; arms: number },
): GuardrailSize {
  const factor = shownUnits(metric.unit);
  const harmful = improving(metric) === 1 ? -1 : 1;
  const enough = people.controlN >= 1 && people.armN >= 1 && outcomeOf(metric) !== null;
  const once = enough ? comparisonOf(metric, people, harmAlpha / arms) : null;
  const watch = once && { ...once, inflation: harmInflation };
  const sided = harmful > 0 ? 'greater' : 'less';
  const harm = watch && smallestEffect(power, { ...watch, sided }, harmful);
  const least = once && smallestMargin({ ...once, alpha: alpha / 2 }, harmful, power);
  const { margin } = metric;
  const reachable = watch && margin !== null ? least !== null && least <= margin : null;
  const said = (value: number | null, locale: Locale) =>
    value === null ? '–' : amount(roundedUp(value * factor), metric)[locale];
  const sentence = !watch ? unknown : harm === null ? blind : reachable ? reached : unreached;
  const write = (locale: Locale) =>
    format(sentence, locale, {
      harm: said(harm, locale),
      margin: margin === null ? '–' : amount(margin * factor, metric)[locale],
      least: said(least, locale),
    });
  return {
    ...described(metric),
    smallest: harm === null ? null : harm * factor,
    margin,
    smallestMargin: least,
    reachable,
    sentence: { es: write('es'), en: write('en') },
  };
}
