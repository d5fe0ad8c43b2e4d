import type { DesignSize, MetricHistory } from '#core/contract/experiments/sizing.ts';
import { amount, roundedUp } from '#core/experiment/power/amounts.ts';
import type { Locale } from '#core/text/text.ts';
import type { Figures } from '../../../../i18n/figures.ts';

interface Measured {
  unit: MetricHistory['unit'];
  currency: string | null;
}

/** An effect as it is shown: points to a tenth rounded up, other amounts to two figures. */
export function effectText(value: number | null, metric: Measured, f: Figures, locale: Locale): string {
  if (value === null) return '–';
  return metric.unit === 'share' ? f.seen(value) : amount(roundedUp(value), metric)[locale];
}

/** A small size: points to two figures, because rare events need them. */
export const sizeText = (value: number | null, metric: Measured, f: Figures, locale: Locale): string =>
  value === null
    ? '–'
    : metric.unit === 'share'
      ? `${f.decimal(roundedUp(value), value < 1 ? 2 : 1)} pp`
      : amount(roundedUp(value), metric)[locale];

/** A metric's level as it is shown. */
export const levelText = (value: number | null, metric: Measured, f: Figures, locale: Locale): string =>
  value === null ? '–' : metric.unit === 'share' ? f.percent(value) : amount(value, metric)[locale];

/** Days of entry of a plan: those before the last person's window begins. */
export const entryDays = (size: Pick<DesignSize, 'daysToDecision'>, horizonDays: number): number =>
  size.daysToDecision - horizonDays;
