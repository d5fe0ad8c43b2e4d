import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '#core/errors/domain-error.ts';
import { mapInputs, onnxFormat, type SavedOnnx } from '#models/external/onnx-mapping.ts';
import { uploadsFolder } from '../../store/loading/uploads.ts';
import { runInWorker } from '../../threads/workers.ts';
import type { OnnxDescription } from '../external/onnx.ts';
import { removePushed } from '../external/pushed.ts';
import { registerElsewhere } from '../external/register.ts';
import { requireSame, rowsOfVersion } from '../external/rows.ts';
import { jobKind, type StepResult, type StepRun } from '../job.ts';

export interface OnnxInput {
  model: string;
  versionId: string;
  name: string;
  columns?: string | undefined;
  output?: string | undefined;
  /** Name of the body among the uploads. */
  file: string;
}

const describeFile = new URL('../external/describe-worker.ts', import.meta.url);
const numbers = ['float32', 'float64'];

async function register(step: StepRun<OnnxInput>): Promise<StepResult> {
  const { context, input } = step;
  const rows = await rowsOfVersion(context, input.versionId);
  requireSame(rows, { model: input.model });
  const file = await readFile(join(uploadsFolder(context), input.file));
  const { inputs, outputs } = await runInWorker<{ file: Uint8Array }, OnnxDescription>(
    describeFile,
    { file },
    { onProgress: () => {}, checkCancelled: () => step.checkCancelled() },
  );
  const features = rows.families.flatMap(({ family }) => family.columns.map(({ name }) => name));
  const output = input.output ?? outputs.findLast(({ type }) => numbers.includes(type))?.name;
  if (!output || !outputs.some(({ name }) => name === output))
    throw new DomainError('onnx_output', {
      output: output ?? '–',
      value: outputs.map(({ name, type }) => `${name}: ${type}`).join(', '),
    });
  const fitted: SavedOnnx = {
    format: onnxFormat,
    name: input.name,
    file: file.toString('base64'),
    inputs: mapInputs(inputs, input.columns, features),
    output,
  };
  return registerElsewhere(step, rows, {
    saved: { learner: 'onnx', fitted, calibration: null },
    options: { name: input.name, inputs: fitted.inputs, output, matrixHash: rows.matrixHash },
    probabilities: null,
    limit: {
      es: `«${input.name}» se entrenó afuera: si vio estas filas al entrenarse, los resultados de esta ficha son demasiado buenos.`,
      en: `"${input.name}" was trained elsewhere: if it saw these rows in training, the results of this card are too good.`,
    },
  });
}

/** Registers a model trained elsewhere as a version of the question, judged on the rows of a version that is here. */
export default jobKind<OnnxInput>({
  steps: [
    { name: 'register', run: register },
    {
      name: 'tidy',
      run: async ({ context, jobId, input }) => {
        await removePushed(context, jobId, input.file);
        return { output: null };
      },
    },
  ],
  result: (outputs) => outputs.register,
  cleanUp: ({ context, jobId, input }) => removePushed(context, jobId, input.file),
  audit({ register: made }) {
    const { versionId, model } = made as { versionId: string; model: string };
    return { versionId, model };
  },
});
