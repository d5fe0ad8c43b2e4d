import type { ModelCard, Performance } from '#core/contract/models/card.ts';
import type { Text } from '#core/text/text.ts';
import type { Progress } from './learner.ts';
import { seededRandom } from './maths/random.ts';
import { type Matrix, pickNumbers, takeRows } from './matrix.ts';
import type { Pool } from './pool.ts';
import {
  dropConstants,
  missingOf,
  outcomesThatCount,
  requireNumbers,
  requireOutcomes,
} from './training/check.ts';
import { comparisonOf } from './training/compare.ts';
import { compete, crown, finalWeight, searchWeight, type Winner } from './training/compete.ts';
import type { Asked, Run } from './training/fit.ts';
import { refuseProtected, refuseWrittenAfter } from './training/guard/forbidden.ts';
import { type StrongColumn, strongColumns } from './training/guard/reasons.ts';
import { columnAucs, refuseLeaks } from './training/guard/strength.ts';
import type { Inner } from './training/inner.ts';
import { paceOf } from './training/pace.ts';
import { type PartColumn, partsOf } from './training/parts.ts';
import { columnPsi, importanceOf } from './training/report/columns.ts';
import { retrain } from './training/report/retrain.ts';
import { judgeBaselines, judgeShown, shownRows } from './training/report/shown.ts';
import { type Split, splitRows } from './training/split.ts';
import { calibrated, type SavedModel } from './training/trained.ts';
import { countingOf } from './training/try-learner.ts';

export interface TrainTask {
  matrix: Matrix;
  /** Compared on the same folds; one alone is simply trained. */
  learners: readonly Asked[];
  seed: number;
  /** The day each date's outcome is known by. */
  labelEnd: ReadonlyMap<number, number>;
  /** One 0/1 column (NaN: unknown) for each part of the rows shown apart. */
  slices: Readonly<Record<string, Float64Array>>;
  /** Labels that results are given by, such as bucket and product. */
  parts?: readonly PartColumn[];
  /** Protected attributes that fairness is judged by; never features. */
  attributes?: readonly PartColumn[];
  baseline: { column: string; title: Text };
  /** Seconds of search for better options, shared by the learners. */
  searchSeconds?: number;
  /** Other seeds to train the chosen learner with. */
  stabilitySeeds?: number;
  pool?: Pool;
  /** Seconds since some moment; without it no time is told, and a search ends with its last trial. */
  clock?: () => number;
  onProgress: (progress: Progress) => void;
  checkCancelled: () => void;
}

/** What a card is made of. All of it plain JSON: it crosses from the worker that trained. */
export interface Judged {
  saved: SavedModel;
  /** The learner kept and the options it was fitted with. */
  chosen: { id: string; options: unknown };
  /** Null where nothing was fitted here. */
  comparison: ModelCard['comparison'];
  search: ModelCard['search'];
  validation: {
    kind: Split['kind'];
    inner: Inner['kind'];
    folds: number;
    trainDays: number[];
    testDays: number[];
  };
  results: Performance[];
  baselines: ModelCard['baselines'];
  calibration: ModelCard['calibration'];
  gain: ModelCard['gain'];
  roc: ModelCard['roc'];
  fairness: ModelCard['fairness'];
  stability: ModelCard['stability'];
  used: string[];
  information: Record<string, number>;
  importance: Record<string, number>;
  psi: Record<string, number | null>;
  points: ModelCard['points'];
  missingShare: Record<string, number>;
  /** Columns whose strength wants a written reason. */
  strong: StrongColumn[];
}

export interface TrainResult extends Judged {
  comparison: NonNullable<ModelCard['comparison']>;
}

/**
 * Trains on a matrix: leak guard, split, every learner asked for on the same inner folds (customers apart, later rows
 * never before earlier ones), calibration where it helps, the learner the rule keeps fitted on all training rows, and
 * how it did on rows not seen, beside the baselines. Results are out of time where there are several dates – scored
 * once, by the chosen one alone – else out of fold. With one seed, one matrix and the same trials of a search, every
 * figure but the seconds is the same again.
 *
 * @throws too_few_rows, one_class, too_few_events, no_features, infinite_values, bad_target, bad_weights, zero_weights,
 *   protected_feature, leak_written_after, leak_feature, learner_cannot, cancelled
 */
export async function trainModel(task: TrainTask): Promise<TrainResult> {
  const { matrix, checkCancelled, seed } = task;
  const usable = checked(matrix);
  const split = splitRows(matrix, task.labelEnd, seededRandom(seed));
  requireOutcomes(outcomesThatCount(matrix, split.train), 'train');
  const alone = columnAucs(usable, split.train);
  refuseLeaks(alone);
  checkCancelled();

  const run: Run = { matrix: usable, seed, pool: task.pool, clock: task.clock ?? (() => 0), checkCancelled };
  const pace = paceOf(workOf(task, split), task.onProgress);
  const searchSeconds = task.searchSeconds ?? 0;
  const competition = await compete(run, split.inner, task.learners, searchSeconds, pace);
  const winner = await crown(run, competition, { inner: split.inner, train: split.train }, pace);
  const shown = showRows(task, run, split, winner);
  const { evaluateShown } = shown;
  const compared = await judgeBaselines({ ...task, matrix: usable }, split, evaluateShown);
  const results = evaluateShown(shown.probabilities);
  const about = winner.fitted.describe?.();
  const baseline = compared.find(({ id }) => id === task.baseline.column)?.results[0]?.auc.estimate ?? null;
  return {
    saved: {
      learner: winner.chosen.id,
      fitted: winner.fitted.save(),
      calibration: winner.chosen.calibration,
    },
    chosen: { id: winner.chosen.id, options: winner.chosen.options },
    comparison: comparisonOf({
      ...competition,
      ...winner,
      target: pickNumbers(matrix.target!, split.inner.rows),
      counting: countingOf(run, split.inner.rows),
      parts: partsOf({ matrix, shown: split.inner.rows, slices: task.slices, columns: task.parts ?? [] }),
    }),
    search: competition.search,
    validation: {
      kind: split.kind,
      inner: split.inner.kind,
      folds: split.inner.rounds.length,
      trainDays: daysOf(matrix, split.train),
      testDays: daysOf(matrix, shown.rows),
    },
    results,
    baselines: compared,
    ...shown.curves,
    stability: task.stabilitySeeds
      ? await retrain(run, split, winner, { seeds: task.stabilitySeeds, labelEnd: task.labelEnd, pace })
      : null,
    used: [...(about?.used ?? usable.columns.map(({ name }) => name))],
    information: { ...about?.information },
    importance: importanceOf(winner.fitted, usable, shown.rows),
    psi: split.kind === 'out_of_time' ? columnPsi(usable, split.train, split.test) : {},
    points: about?.points ?? [],
    missingShare: Object.fromEntries(
      matrix.columns.map((column) => [column.name, missingOf(column) / matrix.rows]),
    ),
    strong: strongColumns(Object.fromEntries(alone), results[0]!.auc.estimate, {
      column: task.baseline.column,
      auc: baseline,
    }),
  };
}

/** The columns to learn from, once rows, outcomes, numbers and names are found good. */
function checked(matrix: Matrix): Matrix {
  if (!matrix.target) throw new TypeError('a matrix to train on needs its target');
  const names = matrix.columns.map(({ name }) => name);
  requireNumbers(matrix);
  requireOutcomes(outcomesThatCount(matrix), 'all');
  refuseProtected(names);
  refuseWrittenAfter(names);
  return dropConstants(matrix);
}

function workOf({ learners, searchSeconds, stabilitySeeds }: TrainTask, { inner }: Split): number {
  const each = inner.rounds.length + (searchSeconds ? searchWeight : 0);
  const again = (stabilitySeeds ?? 0) * (inner.rounds.length + finalWeight);
  return learners.length * each + finalWeight + again;
}

/** The rows whose figures are shown, and the calibrated probabilities of the winner for them. */
function showRows(task: TrainTask, run: Run, split: Split, { chosen, fitted }: Winner) {
  const rows = shownRows(split);
  const probabilities =
    split.kind === 'out_of_time'
      ? calibrated(fitted, chosen.calibration).predict(takeRows(run.matrix, rows))
      : chosen.probabilities;
  return { rows, probabilities, ...judgeShown({ ...task, matrix: run.matrix }, split, probabilities) };
}

const daysOf = (matrix: Matrix, rows: Int32Array): number[] =>
  [...new Set(Array.from(rows, (row) => matrix.day[row]!))].sort((a, b) => a - b);
