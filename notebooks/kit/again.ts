import { DataType, type Table } from 'apache-arrow';
import type { ModelVersion } from '#core/contract/models/models.ts';
import type { Learner } from '#models/learner.ts';
import type { MatrixColumn } from '#models/matrix.ts';
import { type TrainResult, trainModel } from '#models/train.ts';

/** Text as codes into sorted categories, as the engine gives it; -1 is null. */
function coded(
  texts: readonly (string | null)[],
): Pick<MatrixColumn & { kind: 'categorical' }, 'codes' | 'categories'> {
  const categories = [...new Set(texts.filter((text) => text !== null))].sort();
  const rank = new Map(categories.map((text, i) => [text, i]));
  return { categories, codes: Int32Array.from(texts, (text) => (text === null ? -1 : rank.get(text)!)) };
}

const dayMs = 86_400_000;

/**
 * Trains a version again on its matrix, under its seed: every figure must come out as on its card. For versions
 * validated by folds on one date, where the time an outcome took plays no part.
 */
export async function trainAgain(matrix: Table, { card, learner: id }: ModelVersion): Promise<TrainResult> {
  const column = (name: string) => matrix.getChild(name)!;
  const numbers = (name: string) => Float64Array.from(column(name), (value) => Number(value ?? Number.NaN));
  const { default: learner } = (await import(`../../models/learners/${id}.ts`)) as { default: Learner };
  const slices = matrix.schema.fields.flatMap(({ name }) => (name.startsWith('slice_') ? [name] : []));
  return trainModel({
    matrix: {
      rows: matrix.numRows,
      columns: card.features.map(({ name }): MatrixColumn => {
        const isText = DataType.isUtf8(column(name).type);
        return isText
          ? { name, kind: 'categorical', ...coded([...column(name)] as (string | null)[]) }
          : { name, kind: 'numeric', values: numbers(name) };
      }),
      target: numbers('row_target'),
      ...(matrix.getChild('row_weight') ? { weights: numbers('row_weight') } : {}),
      groups: Int32Array.from(numbers('row_group')),
      day: Int32Array.from(numbers('row_day'), (ms) => ms / dayMs),
    },
    learners: [{ id, open: () => learner, options: card.learner.options }],
    seed: card.learner.seed,
    labelEnd: new Map(),
    parts: ['bucket', 'product'].map((id) => {
      const { codes, categories } = coded([...column(`row_${id}`)] as (string | null)[]);
      return { id, codes, labels: categories };
    }),
    slices: Object.fromEntries(slices.map((name) => [name.slice('slice_'.length), numbers(name)])),
    baseline: { column: card.baselines.at(-1)!.id, title: card.baselines.at(-1)!.title },
    onProgress: () => {},
    checkCancelled: () => {},
  });
}
