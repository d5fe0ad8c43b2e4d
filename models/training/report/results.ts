import type { Performance } from '#core/contract/models/card.ts';
import { evaluate } from '../../evaluate.ts';
import { pickNumbers, pickRows } from '../../matrix.ts';
import type { Counting } from '../../metrics/sample.ts';
import type { Part } from '../parts.ts';

/** How probabilities did on each part of the rows shown. */
export function evaluateParts(
  parts: readonly Part[],
  target: Float64Array,
  p: Float64Array,
  { weights, groups }: Counting,
): Performance[] {
  return parts.map(({ id, places }) =>
    evaluate(id, pickNumbers(target, places), pickNumbers(p, places), {
      weights: weights && pickNumbers(weights, places),
      groups: groups && pickRows(groups, places),
    }),
  );
}
