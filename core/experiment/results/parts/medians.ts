import type { ResultEffect } from '../../../contract/experiments/results.ts';
import type { Gathered, GatheredColumn } from '../gathered.ts';
import { methods } from '../words/methods.ts';
import { nothingYet } from './effects.ts';

/** The difference of medians of a quantile metric, from how many people had each value. */
export function medians(gathered: Gathered, column: GatheredColumn, arm: string): ResultEffect {
  const values = gathered.histograms.get(column.id);
  if (!values?.get(arm) || !values.get(gathered.design.control))
    return nothingYet('not_matured', methods.quantile);
  return nothingYet('by_quantile', methods.quantile);
}
