import type { KpiRow } from '#core/portfolio/kpi.ts';
import type { LinePoint } from '../../../charts/lines.ts';
import { numberOf, textOf } from './rows.ts';

/** Months since year 0: a scale on which every month is as long as any other. */
export const monthNumber = (iso: string): number => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7));

export interface Monthly {
  month: string;
  value: string;
  lower?: string;
  upper?: string;
  series: string;
  write: (iso: string) => string;
}

/** Rows with a month and a figure as points of a line, in order; what has no figure has no point. */
export const monthly = (
  rows: readonly KpiRow[],
  { month, value, lower, upper, series, write }: Monthly,
): LinePoint[] =>
  rows
    .flatMap((row) => {
      const figure = numberOf(row, value);
      const iso = textOf(row, month);
      if (figure === null || !iso) return [];
      return [
        {
          series,
          at: monthNumber(iso),
          label: write(iso),
          value: figure,
          ...(lower && upper ? { lower: numberOf(row, lower), upper: numberOf(row, upper) } : {}),
        },
      ];
    })
    .sort((a, b) => a.at - b.at);
