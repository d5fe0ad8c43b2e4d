import type { ModelCard, Performance } from '#core/contract/models/card.ts';
import { isBinary } from '../../evaluate.ts';
import { pickNumbers } from '../../matrix.ts';
import { calibrationCurve } from '../../metrics/calibration.ts';
import { gainCurve, rocCurve } from '../../metrics/separation.ts';
import type { TrainTask } from '../../train.ts';
import { baselines } from '../baseline.ts';
import { crossFit } from '../cross-fit.ts';
import { partsOf } from '../parts.ts';
import type { Split } from '../split.ts';
import { countingOf } from '../try-learner.ts';
import { fairnessOf } from './fairness.ts';
import { evaluateParts } from './results.ts';

/** What the rows are and by what they are shown apart. */
export type Shown = Pick<TrainTask, 'matrix' | 'slices' | 'parts' | 'attributes' | 'baseline'>;

/** The rows whose figures are shown: out of time, else every training row, out of fold. */
export const shownRows = (split: Split): Int32Array =>
  split.kind === 'out_of_time' ? split.test : split.inner.rows;

/** How probabilities of the rows shown did: the curves of the card, and a judge of other probabilities of the same rows. */
export function judgeShown(task: Shown, split: Split, probabilities: Float64Array) {
  const rows = shownRows(split);
  const target = pickNumbers(task.matrix.target!, rows);
  const counting = countingOf(task, rows);
  const parts = partsOf({
    matrix: task.matrix,
    shown: rows,
    slices: task.slices,
    columns: task.parts ?? [],
    fittedOn: split.kind === 'out_of_time' ? split.train : undefined,
  });
  return {
    evaluateShown: (p: Float64Array) => evaluateParts(parts, target, p, counting),
    curves: {
      calibration: calibrationCurve(target, probabilities, 10, counting),
      gain: gainCurve(target, probabilities, 20, counting.weights),
      roc: isBinary(target) ? rocCurve(target, probabilities, counting.weights) : [],
      fairness: task.attributes
        ? fairnessOf(task.attributes, { target, probabilities, counting, rows })
        : null,
    },
  };
}

/** How what stands beside every result did on the rows shown. */
export async function judgeBaselines(
  { matrix, baseline }: Pick<Shown, 'matrix' | 'baseline'>,
  split: Split,
  evaluateShown: (p: Float64Array) => Performance[],
): Promise<ModelCard['baselines']> {
  const found: ModelCard['baselines'] = [];
  for (const { id, title, fitPredict } of baselines(matrix, split.train, baseline)) {
    const p =
      split.kind === 'out_of_time'
        ? await fitPredict(split.train, split.test, 0)
        : await crossFit(split.inner, fitPredict);
    found.push({ id, title, results: evaluateShown(p) });
  }
  return found;
}
