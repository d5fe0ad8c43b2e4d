import { type ColumnFigures, describeColumns } from '#models/feature-report/describe.ts';
import type { Matrix } from '#models/matrix.ts';
import { answerCalls } from '../../threads/worker-side.ts';

export interface DescribeTask {
  matrix: Matrix;
}

answerCalls<DescribeTask, ColumnFigures[]>(async ({ task, onProgress, checkCancelled }) =>
  describeColumns(task.matrix, (done) => {
    checkCancelled();
    onProgress({ done, note: '' });
  }),
);
