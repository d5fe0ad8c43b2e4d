import type { MetricResult, ResultEffect } from '#core/contract/experiments/results.ts';
import type { Figures } from '../../../i18n/figures.ts';

type Value = number | null | undefined;
type Unit = Pick<MetricResult, 'unit' | 'currency'>;

export interface Figure {
  /** Shares are drawn in percentage points. */
  factor: number;
  /** Written after a figure of an axis. */
  suffix: string;
  level(value: Value): string;
  difference(value: Value): string;
  /** Ends without their unit, which stands before them. */
  interval(effect: Pick<ResultEffect, 'lower' | 'upper'>): string;
}

/** How a metric's levels and differences are written; small shares and small amounts get a decimal more. */
export function figureOf({ unit, currency }: Unit, f: Figures, largest: number): Figure {
  const factor = unit === 'share' ? 100 : 1;
  const digits = digitsOf(unit, Math.abs(largest));
  const suffix = unit === 'share' ? 'pp' : unit === 'money' ? (currency ?? '') : '';
  const after = suffix ? `\u00a0${suffix}` : '';
  const scaled = (value: Value): Value => (value == null ? value : value * factor);
  const signed = (value: Value) => f.signed(scaled(value), digits);
  return {
    factor,
    suffix,
    level: (value) =>
      value == null
        ? '–'
        : unit === 'share'
          ? f.percent(value, digits)
          : `${f.decimal(value, digits)}${unit === 'money' ? after : ''}`,
    difference: (value) => (value == null ? '–' : `${signed(value)}${after}`),
    interval: ({ lower, upper }) => f.interval(lower, upper, signed),
  };
}

function digitsOf(unit: MetricResult['unit'], largest: number): number {
  if (unit === 'share') return largest < 0.03 ? 2 : 1;
  if (largest >= 1000) return 0;
  return unit === 'days' ? 1 : 2;
}

/** The figure of a metric of the results, by the largest of its means. */
export const metricFigure = (metric: MetricResult, f: Figures): Figure =>
  figureOf(metric, f, Math.max(0, ...metric.arms.map(({ mean }) => Math.abs(mean ?? 0))));
