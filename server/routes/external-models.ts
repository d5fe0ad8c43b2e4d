import { v7 as uuidv7 } from 'uuid';
import { contract } from '#core/contract/index.ts';
import type { Context } from '../context.ts';
import { type Exchange, handle } from '../http/handle.ts';
import { rowsOfVersion } from '../jobs/external/rows.ts';
import type { PushScoresInput } from '../jobs/kinds/push-scores.ts';
import type { OnnxInput } from '../jobs/kinds/register-onnx.ts';
import type { PredictionsInput } from '../jobs/kinds/register-predictions.ts';
import { questionOf } from '../jobs/training/plan.ts';
import { receiveUpload } from '../store/loading/uploads.ts';
import { readVersion } from '../store/models/models.ts';

/** A model is kept whole with its version and read whole to score. */
const maxModelBytes = 64_000_000;

/** Keeps a body on disk for the job that reads it. @throws too_large */
async function keep(
  context: Context,
  { body }: Exchange,
  format: string,
  limit = context.config.maxUploadBytes,
): Promise<string> {
  const { name } = await receiveUpload(context, `pushed-${uuidv7()}.${format}`, body, limit);
  return name;
}

export const handlers = [
  handle(contract.externalModels.rows, async ({ context, input }) => {
    const { version, matrixHash, families } = await rowsOfVersion(context, input.params.versionId);
    const { population, validation } = version.card;
    return {
      versionId: version.id,
      model: version.model,
      matrixHash,
      rows: population.n,
      features: families.flatMap(({ family }) => family.columns.map(({ name }) => name)),
      trainedOn: validation.trainedOn,
      testedOn: validation.testedOn,
      validation: validation.kind,
    };
  }),
  handle(contract.externalModels.predictions, async ({ context, input, exchange, submit }) => {
    const { model } = input.params;
    questionOf(context.registry, model);
    await readVersion(context.engine, input.query.versionId);
    const file = await keep(context, exchange, input.query.format);
    return submit('register-predictions', { ...input.query, model, file } satisfies PredictionsInput);
  }),
  handle(contract.externalModels.onnx, async ({ context, input, exchange, submit }) => {
    const { model } = input.params;
    questionOf(context.registry, model);
    await readVersion(context.engine, input.query.versionId);
    const file = await keep(
      context,
      exchange,
      'onnx',
      Math.min(maxModelBytes, context.config.maxUploadBytes),
    );
    return submit('register-onnx', { ...input.query, model, file } satisfies OnnxInput);
  }),
  handle(contract.externalModels.scores, async ({ context, input, exchange, submit }) => {
    const { versionId } = input.params;
    await readVersion(context.engine, versionId);
    const file = await keep(context, exchange, input.query.format);
    return submit('push-scores', { ...input.query, versionId, file } satisfies PushScoresInput);
  }),
];
