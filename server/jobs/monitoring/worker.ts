import type { ShiftFigure } from '#core/contract/models/feature-report.ts';
import type { Matured } from '#core/contract/models/monitoring.ts';
import type { Interval } from '#core/stats/wilson.ts';
import type { Learner } from '#models/learner.ts';
import type { Matrix } from '#models/matrix.ts';
import { maturedOf } from '#models/monitoring/matured.ts';
import { type Reference, referenceOf, scoreShift, shiftsOf } from '#models/monitoring/reference.ts';
import { restoreModel, type SavedModel } from '#models/training/trained.ts';
import { answerCalls } from '../../threads/worker-side.ts';

export type MonitorTask =
  | { ask: 'reference'; learnerId: string; saved: SavedModel; matrix: Matrix }
  | {
      ask: 'date';
      reference: Reference;
      /** Scores of all rows, and the target where the outcome is known (NaN: not). */
      scores: Float64Array;
      targets: Float64Array | null;
      /** Some of the scored rows, with their features. */
      matrix: Matrix;
      card: Interval;
    };

export interface DateFound {
  mean: number | null;
  score: ShiftFigure;
  features: { name: string; shift: ShiftFigure }[];
  outcome: Matured | null;
}

const meanOf = (values: Float64Array): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

function known(scores: Float64Array, targets: Float64Array): [Float64Array, Float64Array] {
  const at = [...targets.keys()].filter((i) => !Number.isNaN(targets[i]!));
  return [Float64Array.from(at, (i) => scores[i]!), Float64Array.from(at, (i) => targets[i]!)];
}

answerCalls<MonitorTask, Reference | DateFound>(async ({ task }) => {
  if (task.ask === 'reference') {
    const module = (await import(`../../../models/learners/${task.learnerId}.ts`)) as { default: Learner };
    const model = restoreModel(module.default, task.saved);
    const used = model.describe?.().used ?? task.matrix.columns.map(({ name }) => name);
    return referenceOf(task.matrix, model.predict(task.matrix), used);
  }
  const { reference, scores, targets, matrix, card } = task;
  return {
    mean: meanOf(scores),
    score: scoreShift(reference, scores),
    features: shiftsOf(reference, matrix),
    outcome: targets && maturedOf(...known(scores, targets), card),
  };
});
