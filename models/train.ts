import type { ModelCard, Performance } from '#core/contract/models/card.ts';
import type { Text } from '#core/text/text.ts';
import { evaluate } from './evaluate.ts';
import type { Fitted, Learner, Progress } from './learner.ts';
import { type Matrix, pickNumbers, takeRows } from './matrix.ts';
import { calibrationCurve } from './metrics/calibration.ts';
import { gainCurve } from './metrics/separation.ts';
import { seededRandom } from './random.ts';
import type { SavedModel } from './trained.ts';
import { baselines } from './training/baseline.ts';
import { applyCalibration, crossFitCalibration } from './training/calibrate.ts';
import { dropConstants, missingOf, requireOutcomes } from './training/check.ts';
import { crossFit } from './training/cross-fit.ts';
import { columnAucs, refuseLeaks, refuseProtected } from './training/guard.ts';
import { partsOf } from './training/parts.ts';
import { type Split, splitRows } from './training/split.ts';

const folds = 5;

export interface TrainTask {
  matrix: Matrix;
  learnerId: string;
  learner: Learner;
  options: unknown;
  seed: number;
  /** The day each date's outcome is known by. */
  labelEnd: ReadonlyMap<number, number>;
  /** One 0/1 column (NaN: unknown) for each part of the rows shown apart. */
  slices: Readonly<Record<string, Float64Array>>;
  baseline: { column: string; title: Text };
  onProgress: (progress: Progress) => void;
  checkCancelled: () => void;
}

/** All of it plain JSON: it crosses from the worker that trained. */
export interface TrainResult {
  saved: SavedModel;
  validation: { kind: Split['kind']; folds: number; trainDays: number[]; testDays: number[] };
  results: Performance[];
  baselines: ModelCard['baselines'];
  calibration: ModelCard['calibration'];
  gain: ModelCard['gain'];
  used: string[];
  information: Record<string, number>;
  points: ModelCard['points'];
  missingShare: Record<string, number>;
  /** AUC of each column alone, the better direction. */
  alone: Record<string, number | null>;
}

/**
 * Trains on a matrix: leak guard, split, cross-fitted probabilities, calibration where it helps, the model itself,
 * and how all of it did on rows not seen, beside the baselines. Results are out of time where there are several
 * dates, else out of fold. With one seed and one matrix, every figure is the same again.
 *
 * @throws too_few_rows, one_class, no_features, protected_feature, leak_feature, cancelled
 */
export async function trainModel(task: TrainTask): Promise<TrainResult> {
  const { matrix, checkCancelled } = task;
  const target = matrix.target;
  if (!target) throw new TypeError('a matrix to train on needs its target');
  requireOutcomes(target, 'all');
  refuseProtected(matrix.columns.map(({ name }) => name));
  const usable = dropConstants(matrix);
  const alone = columnAucs(usable);
  refuseLeaks(alone);
  checkCancelled();

  const random = seededRandom(task.seed);
  const split = splitRows(matrix, task.labelEnd, folds, random);
  const trainTarget = pickNumbers(target, split.train);
  requireOutcomes(trainTarget, 'train');
  const fitOn = fitter(task, usable, random);
  const predict = (fitted: Fitted, rows: Int32Array) => fitted.predict(takeRows(usable, rows));
  const outOfFold = await crossFit(split, async (fitRows, rows, round) =>
    predict(await fitOn(fitRows, round), rows),
  );
  const crossed = crossFitCalibration(trainTarget, outOfFold, split.fold, folds);
  const final = await fitOn(split.train, folds);

  const outOfTime = split.kind === 'out_of_time';
  const shown = outOfTime ? split.test : split.train;
  const corrected = (p: Float64Array) => (crossed.calibration ? applyCalibration(crossed.calibration, p) : p);
  const probabilities = outOfTime ? corrected(predict(final, split.test)) : crossed.probabilities;
  const parts = partsOf(matrix, split, shown, task.slices);
  const shownTarget = pickNumbers(target, shown);
  const evaluateParts = (p: Float64Array): Performance[] =>
    parts.map(({ id, places }) => evaluate(id, pickNumbers(shownTarget, places), pickNumbers(p, places)));
  const compared: ModelCard['baselines'] = [];
  for (const { id, title, fitPredict } of baselines(matrix, target, split.train, task.baseline)) {
    const p = outOfTime
      ? await fitPredict(split.train, split.test, folds)
      : await crossFit(split, fitPredict);
    compared.push({ id, title, results: evaluateParts(p) });
  }
  const about = final.describe?.();
  return {
    saved: { learner: task.learnerId, fitted: final.save(), calibration: crossed.calibration },
    validation: {
      kind: split.kind,
      folds,
      trainDays: daysOf(matrix, split.train),
      testDays: daysOf(matrix, shown),
    },
    results: evaluateParts(probabilities),
    baselines: compared,
    calibration: calibrationCurve(shownTarget, probabilities),
    gain: gainCurve(shownTarget, probabilities),
    used: [...(about?.used ?? usable.columns.map(({ name }) => name))],
    information: { ...about?.information },
    points: about?.points ?? [],
    missingShare: Object.fromEntries(
      matrix.columns.map((column) => [column.name, missingOf(column) / matrix.rows]),
    ),
    alone: Object.fromEntries(alone),
  };
}

/** Fits the task's learner on some rows; the rounds of one run share its random source and its progress. */
function fitter(task: TrainTask, matrix: Matrix, random: () => number) {
  const { learner, checkCancelled } = task;
  const options = learner.options.parse(task.options);
  const rounds = folds + 1;
  return async (rows: Int32Array, round: number): Promise<Fitted> =>
    learner.fit({
      matrix: takeRows(matrix, rows),
      options,
      random,
      checkCancelled,
      onProgress: ({ done, note }) =>
        task.onProgress({ done: (round + done) / rounds, note: `${round + 1}/${rounds} · ${note}` }),
    });
}

const daysOf = (matrix: Matrix, rows: Int32Array): number[] =>
  [...new Set(Array.from(rows, (row) => matrix.day[row]!))].sort((a, b) => a - b);
