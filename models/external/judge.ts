import { seededRandom } from '../maths/random.ts';
import { pickNumbers } from '../matrix.ts';
import type { Judged, TrainTask } from '../train.ts';
import { missingOf, requireOutcomes } from '../training/check.ts';
import { judgeBaselines, judgeShown, type Shown, shownRows } from '../training/report/shown.ts';
import { splitRows } from '../training/split.ts';
import type { SavedModel } from '../training/trained.ts';

export interface JudgeTask extends Shown, Pick<TrainTask, 'labelEnd' | 'seed'> {
  /** One for each row of the matrix; NaN where there is none. Rows shown have one. */
  probabilities: Float64Array;
  saved: SavedModel;
  options: unknown;
}

/**
 * What training would have found of a model made elsewhere: its probabilities on the rows that every version of these
 * dates is judged on, beside the same baselines. Nothing is fitted but the baselines, and nothing corrected.
 *
 * @throws too_few_rows, one_class
 */
export async function judgeElsewhere(task: JudgeTask): Promise<Judged> {
  const { matrix, saved, options, seed } = task;
  requireOutcomes(matrix.target!, 'all');
  const split = splitRows(matrix, task.labelEnd, seededRandom(seed));
  const rows = shownRows(split);
  const probabilities = pickNumbers(task.probabilities, rows);
  const { evaluateShown, curves } = judgeShown(task, split, probabilities);
  const days = (of: Int32Array) =>
    [...new Set(Array.from(of, (row) => matrix.day[row]!))].sort((a, b) => a - b);
  return {
    saved,
    chosen: { id: saved.learner, options },
    comparison: null,
    search: null,
    validation: {
      kind: split.kind,
      inner: split.inner.kind,
      folds: split.inner.rounds.length,
      trainDays: days(split.train),
      testDays: days(rows),
    },
    results: evaluateShown(probabilities),
    baselines: await judgeBaselines(task, split, evaluateShown),
    ...curves,
    stability: null,
    used: [],
    information: {},
    importance: {},
    psi: {},
    points: [],
    missingShare: Object.fromEntries(
      matrix.columns.map((column) => [column.name, missingOf(column) / matrix.rows]),
    ),
    strong: [],
  };
}
