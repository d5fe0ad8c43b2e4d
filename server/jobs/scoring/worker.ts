import type { Learner } from '#models/learner.ts';
import type { Matrix } from '#models/matrix.ts';
import { restoreModel, type SavedModel } from '#models/training/trained.ts';
import { answerCalls } from '../../threads/worker-side.ts';
import { openOnnx } from '../external/onnx.ts';
import { asMatrix, type SentRows } from './batch.ts';

/** What crosses to the thread: first the model, then rows. */
export type ScoringCall = { kind: 'open'; saved: SavedModel } | { kind: 'rows'; sent: SentRows };

/** A learner predicts at once, a runtime of its own in its own time. */
interface Model {
  predict(matrix: Matrix): Float64Array | Promise<Float64Array>;
}

let model: Promise<Model> | null = null;

async function open(saved: SavedModel): Promise<Model> {
  if (saved.learner === 'onnx') return openOnnx(saved.fitted);
  const module = (await import(`../../../models/learners/${saved.learner}.ts`)) as { default: Learner };
  return restoreModel(module.default, saved);
}

answerCalls<ScoringCall, Float64Array | null>(async ({ task }) => {
  if (task.kind === 'open') {
    model = open(task.saved);
    await model;
    return null;
  }
  if (!model) throw new TypeError('rows came before their model');
  return (await model).predict(asMatrix(task.sent));
});
