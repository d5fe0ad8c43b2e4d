import type { Changes } from '#core/contract/models/explaining.ts';
import { findChanges } from '#models/explain/changes.ts';
import { type ColumnExplained, explainAll } from '#models/explain/global.ts';
import { type RowReason, reasonsOfRow } from '#models/explain/reasons.ts';
import type { Contributions, Fitted, Learner } from '#models/learner.ts';
import { type Matrix, takeRows } from '#models/matrix.ts';
import { restoreModel, type SavedModel } from '#models/training/trained.ts';
import { answerCalls } from '../../threads/worker-side.ts';

export type ExplainTask = { learnerId: string; saved: SavedModel; matrix: Matrix } & (
  | { ask: 'all' }
  | { ask: 'rows' }
  | { ask: 'changes'; observed: Matrix; changeable: readonly string[]; cutOff: number }
);

export interface RowsExplained {
  base: number;
  rows: { probability: number; sum: number; reasons: RowReason[] }[];
}
export interface AllExplained {
  base: number;
  columns: ColumnExplained[];
}
export type ExplainResult = RowsExplained | AllExplained | Omit<Changes, 'columns'>;

const batchRows = 50;

const contributionsOf = (fitted: Fitted, matrix: Matrix): Contributions => {
  if (!fitted.contributions) throw new TypeError('the learner gives no contributions');
  return fitted.contributions(matrix);
};

/** Contributions of all rows, a batch at a time, so that progress is told and a cancel heard. */
function inBatches(fitted: Fitted, matrix: Matrix, onBatch: (done: number) => void): Contributions {
  const parts: Contributions[] = [];
  for (let at = 0; at < matrix.rows; at += batchRows) {
    onBatch(at / matrix.rows);
    const rows = Int32Array.from({ length: Math.min(batchRows, matrix.rows - at) }, (_, i) => at + i);
    parts.push(contributionsOf(fitted, takeRows(matrix, rows)));
  }
  const { base, columns } = parts[0]!;
  const values = new Float64Array(matrix.rows * columns.length);
  parts.forEach((part, i) => {
    values.set(part.values, i * batchRows * columns.length);
  });
  return { base, columns, values };
}

function explainRows(fitted: Fitted, probabilities: Float64Array, matrix: Matrix): RowsExplained {
  const found = contributionsOf(fitted, matrix);
  const width = found.columns.length;
  return {
    base: found.base,
    rows: Array.from(probabilities, (probability, row) => ({
      probability,
      sum: found.values
        .subarray(row * width, (row + 1) * width)
        .reduce((sum, value) => sum + value, found.base),
      reasons: reasonsOfRow(matrix, found, row),
    })),
  };
}

answerCalls<ExplainTask, ExplainResult>(async ({ task, onProgress, checkCancelled }) => {
  const module = (await import(`../../../models/learners/${task.learnerId}.ts`)) as { default: Learner };
  const model = restoreModel(module.default, task.saved);
  const fitted = module.default.restore(task.saved.fitted);
  if (task.ask === 'rows') return explainRows(fitted, model.predict(task.matrix), task.matrix);
  if (task.ask === 'changes')
    return findChanges({ ...task, row: task.matrix, predict: (matrix) => model.predict(matrix) });
  const found = inBatches(fitted, task.matrix, (done) => {
    checkCancelled();
    onProgress({ done, note: '' });
  });
  return { base: found.base, columns: explainAll(task.matrix, found) };
});
