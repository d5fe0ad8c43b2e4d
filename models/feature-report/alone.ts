import type { MatrixColumn } from '../matrix.ts';
import { auc } from '../metrics/auc.ts';
import type { Binned } from './bins.ts';

/**
 * How far a column alone separates those with an event: AUC, the better of both directions; missing values rank below
 * every number, and a category by the mean target of its bin. Null with one class or a target that is a share.
 */
export function aucAlone(column: MatrixColumn, { place, bins }: Binned, target: Float64Array): number | null {
  if (target.some((value) => value !== 0 && value !== 1)) return null;
  const area = auc(
    target,
    column.kind === 'numeric'
      ? column.values.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value))
      : binRates(place, bins.length, target),
  ).estimate;
  return area === null ? null : Math.max(area, 1 - area);
}

function binRates(place: Int32Array, size: number, target: Float64Array): Float64Array {
  const n = new Float64Array(size);
  const events = new Float64Array(size);
  place.forEach((bin, i) => {
    n[bin]! += 1;
    events[bin]! += target[i]!;
  });
  return Float64Array.from(place, (bin) => events[bin]! / n[bin]!);
}
