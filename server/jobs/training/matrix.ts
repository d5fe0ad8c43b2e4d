import type { NamedFamily } from '#core/sql/features.ts';
import type { Matrix, MatrixColumn } from '#models/matrix.ts';
import type { DecisionDate, Question } from '#models/question.ts';
import { type Sample, selectTrainingSet } from '#models/training-set.ts';
import type { Engine, EngineColumn } from '../../engine/engine.ts';

export interface TrainingSet {
  matrix: Matrix;
  slices: Record<string, Float64Array>;
  customers: number;
  events: number;
}

const numbers = (column: EngineColumn | undefined): Float64Array => {
  if (column?.kind !== 'numeric') throw new TypeError('a numeric column was expected');
  return column.values;
};

const sharedWhole = (values: Float64Array): Int32Array => {
  const whole = new Int32Array(new SharedArrayBuffer(values.length * 4));
  whole.set(values);
  return whole;
};

/** The training matrix out of the engine, in shared memory, rows by date and account. */
export async function readTrainingSet<P>(
  engine: Engine,
  scope: { question: Question<P>; parameters: P; dates: readonly DecisionDate[] },
  families: readonly NamedFamily[],
  sample: Sample,
): Promise<TrainingSet> {
  const { rows, columns } = await engine.columns(selectTrainingSet(engine.dialect, scope, families, sample));
  const features = families.flatMap(({ family }) => family.columns.map(({ name }) => name));
  const target = numbers(columns.get('row_target'));
  const groups = sharedWhole(numbers(columns.get('row_group')));
  const matrix: Matrix = {
    rows,
    columns: features.map((name): MatrixColumn => ({ name, ...columns.get(name)! })),
    target,
    groups,
    day: sharedWhole(numbers(columns.get('row_day'))),
  };
  return {
    matrix,
    slices: Object.fromEntries(
      scope.question.slices.map(({ id }) => [id, numbers(columns.get(`slice_${id}`))]),
    ),
    customers: new Set(groups).size,
    events: target.reduce((sum, value) => sum + value, 0),
  };
}
