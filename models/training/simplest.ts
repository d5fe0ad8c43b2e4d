import { meanOf } from '../metrics/mean.ts';
import type { Counting } from '../metrics/sample.ts';

/**
 * Of candidates given from the simplest on, the first whose mean loss is within one standard error of the best one's:
 * the error of the paired difference, rows of one group taken together.
 *
 * @param losses the loss of each row under each candidate
 * @returns the numbers of the chosen and of the best candidate
 */
export function simplestNearBest(
  losses: readonly Float64Array[],
  counting: Counting = {},
): { chosen: number; best: number } {
  const means = losses.map((each) => meanOf(each, counting).mean ?? Number.POSITIVE_INFINITY);
  const best = means.indexOf(Math.min(...means));
  const chosen = losses.findIndex((each, i) => {
    if (i === best) return true;
    const { mean, error } = meanOf(
      each.map((loss, row) => loss - losses[best]![row]!),
      counting,
    );
    return mean !== null && error !== null && mean <= error;
  });
  return { chosen, best };
}
