import type { ResultEffect } from '../../../contract/experiments/results.ts';
import quantile from '../../statistics/quantile.ts';
import type { Gathered, GatheredColumn } from '../gathered.ts';
import { methods } from '../words/methods.ts';
import { nothingYet, shown } from './effects.ts';

/** The difference of medians of a quantile metric, from how many people had each value. */
export function medians(gathered: Gathered, column: GatheredColumn, arm: string): ResultEffect {
  const { control, alpha } = gathered.design;
  const values = gathered.histograms.get(column.id);
  const [zero, one] = [values?.get(control), values?.get(arm)];
  if (!zero || !one) return nothingYet('not_matured', methods.quantile);
  return shown(quantile.compute(zero, one, quantile.options.parse({ alpha })), methods.quantile);
}
