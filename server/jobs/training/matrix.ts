import { customerAttributes } from '#core/portfolio/protected.ts';
import type { NamedFamily } from '#core/sql/features.ts';
import type { Matrix, MatrixColumn } from '#models/matrix.ts';
import type { PartColumn } from '#models/training/parts.ts';
import { ageBands } from '#models/training/report/age.ts';
import { type Sample, type Scope, selectTrainingSet } from '#models/training-set.ts';
import type { Engine, EngineColumn } from '../../engine/engine.ts';

export interface TrainingSet {
  matrix: Matrix;
  slices: Record<string, Float64Array>;
  /** Bucket and product of each row. */
  parts: PartColumn[];
  /** Protected attributes of each row's customer. */
  attributes: PartColumn[];
  customers: number;
  events: number;
}

const numbers = (column: EngineColumn | undefined): Float64Array => {
  if (column?.kind !== 'numeric') throw new TypeError('a numeric column was expected');
  return column.values;
};

const labels = (id: string, column: EngineColumn | undefined): PartColumn => {
  if (column?.kind !== 'categorical') throw new TypeError('a column of text was expected');
  return { id, codes: column.codes, labels: column.categories };
};

const sharedWhole = (values: Float64Array): Int32Array => {
  const whole = new Int32Array(new SharedArrayBuffer(values.length * 4));
  whole.set(values);
  return whole;
};

/** The training matrix out of the engine, in shared memory, rows by date and account. */
export async function readTrainingSet<P>(
  engine: Engine,
  scope: Scope<P>,
  families: readonly NamedFamily[],
  sample: Sample,
): Promise<TrainingSet> {
  const extras = { attributes: customerAttributes };
  const { rows, columns } = await engine.columns(
    selectTrainingSet(engine.dialect, scope, families, sample, extras),
  );
  const features = families.flatMap(({ family }) => family.columns.map(({ name }) => name));
  const target = numbers(columns.get('row_target'));
  const groups = sharedWhole(numbers(columns.get('row_group')));
  const day = sharedWhole(numbers(columns.get('row_day')));
  const weights = columns.get('row_weight');
  return {
    matrix: {
      rows,
      columns: features.map((name): MatrixColumn => ({ name, ...columns.get(name)! })),
      target,
      ...(weights ? { weights: numbers(weights) } : {}),
      groups,
      day,
    },
    slices: Object.fromEntries(
      scope.question.slices.map(({ id }) => [id, numbers(columns.get(`slice_${id}`))]),
    ),
    parts: [labels('bucket', columns.get('row_bucket')), labels('product', columns.get('row_product'))],
    attributes: customerAttributes.map(({ name }) => {
      const column = columns.get(`fair_${name}`);
      return column?.kind === 'numeric' ? ageBands(name, column.values, day) : labels(name, column);
    }),
    customers: new Set(groups).size,
    events: target.reduce((sum, value) => sum + value, 0),
  };
}
