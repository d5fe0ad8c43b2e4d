import { pickRows } from '../matrix.ts';
import type { Inner } from './inner.ts';

/** Probabilities for `rows` from something fitted on `fitRows` alone. `round` counts the fits of a run. */
export type FitPredict = (
  fitRows: Int32Array,
  rows: Int32Array,
  round: number,
) => Float64Array | Promise<Float64Array>;

/** A probability for each held-out row from a fit that saw neither its customer nor later dates, as `inner.rows`. */
export async function crossFit({ rounds, rows }: Inner, fitPredict: FitPredict): Promise<Float64Array> {
  const outOfFold = new Float64Array(rows.length);
  for (const [round, { fit, held }] of rounds.entries()) {
    const p = await fitPredict(fit, pickRows(rows, held), round);
    held.forEach((place, i) => {
      outOfFold[place] = p[i]!;
    });
  }
  return outOfFold;
}
