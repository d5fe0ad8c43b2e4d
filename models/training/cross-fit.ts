import { pickRows } from '../matrix.ts';
import type { Split } from './split.ts';

/** Probabilities for `rows` from something fitted on `fitRows` alone. `round` counts the fits of a run. */
export type FitPredict = (
  fitRows: Int32Array,
  rows: Int32Array,
  round: number,
) => Float64Array | Promise<Float64Array>;

/** A probability for each training row from a fit that saw no row of its fold, in the order of `split.train`. */
export async function crossFit(split: Split, fitPredict: FitPredict): Promise<Float64Array> {
  const outOfFold = new Float64Array(split.train.length);
  for (let fold = 0; fold < split.folds; fold++) {
    const inside = Int32Array.from(split.fold.keys()).filter((i) => split.fold[i] === fold);
    if (inside.length === 0) continue;
    const others = split.train.filter((_, i) => split.fold[i] !== fold);
    const p = await fitPredict(others, pickRows(split.train, inside), fold);
    inside.forEach((at, i) => {
      outOfFold[at] = p[i]!;
    });
  }
  return outOfFold;
}
