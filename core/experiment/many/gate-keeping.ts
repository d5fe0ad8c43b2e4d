import { holm } from '../../stats/multiplicity.ts';

/**
 * Adjusted p-values of families tested in order, primary comparisons first, Holm inside each: a family counts only when
 * everything before it was found, so no p-value is under the largest of the families before it.
 *
 * Controls the family-wise error over all families at alpha under any dependence (serial gate-keeping: Bauer et al.
 * 1998; Westfall and Krishen 2001). An empty family opens the next.
 */
export function gateKept(families: readonly (readonly number[])[]): number[][] {
  let gate = 0;
  return families.map((family) => {
    const adjusted = holm(family).map((p) => Math.max(gate, p));
    gate = adjusted.reduce((largest, p) => Math.max(largest, p), gate);
    return adjusted;
  });
}
