import { z } from 'zod';
import { isoDate } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';

export const tableFormats = ['csv', 'parquet', 'arrow'] as const;
export type PushedFormat = (typeof tableFormats)[number];
const format = z.enum(tableFormats).default('csv').describe('What the body is');
const sameRows = z.string().describe('The version on whose rows it is judged');

/** Models made outside Ensayo: their predictions or themselves, judged on the rows of a version that is here. */
export const externalModels = {
  rows: endpoint({
    id: 'externalModels.rows',
    method: 'GET',
    path: '/models/versions/{versionId}/rows',
    permission: 'portfolio:read',
    params: z.object({ versionId: z.string() }),
    response: z.object({
      versionId: z.string(),
      model: z.string(),
      matrixHash: z.string().describe('Names the matrix; predictions are pushed with it'),
      rows: z.number(),
      features: z.array(z.string()),
      trainedOn: z.array(isoDate),
      testedOn: z.array(isoDate).describe('Dates of which every row needs a prediction'),
      validation: z.enum(['out_of_time', 'grouped_cross_validation', 'none']),
    }),
    summary: {
      es: 'Qué filas son las de una versión, y su huella',
      en: 'Which rows a version is judged on, and their hash',
    },
    command: 'model rows',
  }),
  predictions: endpoint({
    id: 'externalModels.predictions',
    method: 'POST',
    path: '/models/{model}/predictions',
    permission: 'model:train',
    params: z.object({ model: z.string() }),
    query: z.object({
      versionId: sameRows,
      matrixHash: z.string().describe('As `rows` gave it when the matrix was pulled'),
      method: z.string().trim().min(1).max(200).describe('What the method is called'),
      format,
    }),
    response: job.describe(
      'Body: account_id, as_of, probability, made by a model that had not seen the row; every row of the tested dates once',
    ),
    kind: 'upload',
    summary: {
      es: 'Predicciones hechas afuera, registradas como otra versión',
      en: 'Predictions made elsewhere, registered as another version',
    },
    command: 'model predictions',
  }),
  onnx: endpoint({
    id: 'externalModels.onnx',
    method: 'POST',
    path: '/models/{model}/onnx',
    permission: 'model:train',
    params: z.object({ model: z.string() }),
    query: z.object({
      versionId: sameRows,
      name: z.string().trim().min(1).max(200).describe('What the model is called'),
      columns: z
        .string()
        .optional()
        .describe(
          'JSON: the features of a single input, in order, or {"input": "feature"} for one input a feature; default: inputs named as features',
        ),
      output: z
        .string()
        .optional()
        .describe('Output that holds the probability; default: the last of numbers'),
    }),
    response: job,
    kind: 'upload',
    summary: {
      es: 'Un modelo entrenado afuera, en ONNX, registrado como otra versión',
      en: 'A model trained elsewhere, as ONNX, registered as another version',
    },
    command: 'model onnx',
  }),
  scores: endpoint({
    id: 'externalModels.scores',
    method: 'POST',
    path: '/models/versions/{versionId}/scores',
    permission: 'score:run',
    params: z.object({ versionId: z.string() }),
    query: z.object({ asOf: isoDate, format }),
    response: job.describe('Body: account_id, probability; every account at risk on the date once'),
    kind: 'upload',
    summary: {
      es: 'Puntajes de una fecha hechos afuera, de una versión de afuera',
      en: 'Scores of a date made elsewhere, of a version from elsewhere',
    },
    command: 'scores push',
  }),
};
