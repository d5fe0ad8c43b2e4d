import { z } from 'zod';
import { handBins, handBinsOf } from '../../scorecard/bins.ts';
import { textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';

const params = z.object({ versionId: z.string() });
const tally = z.object({ n: z.number(), events: z.number() });

/** A column in cells so fine that any bins of it are made by joining them. */
export const fineColumn = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('numeric'),
    /** Cell i holds values above the edge before it and up to and including its own. */
    edges: z.array(z.number()),
    cells: z.array(tally),
    missing: tally,
  }),
  z.object({
    kind: z.literal('categorical'),
    cells: z.array(tally.extend({ name: z.string() })),
    missing: tally,
  }),
]);

export const binnedColumn = z.object({
  name: z.string(),
  title: textSchema,
  /** Whether the version uses it. */
  used: z.boolean(),
  /** Coefficient and its standard error in the version; null where it is not used. */
  coefficient: z.number().nullable(),
  standardError: z.number().nullable(),
  fine: fineColumn,
  /** The bins of the version; of a column it does not use, those its options would make. */
  bins: handBins,
});
export type BinnedColumn = z.output<typeof binnedColumn>;

export const scorecards = {
  bins: endpoint({
    id: 'scorecards.bins',
    method: 'GET',
    path: '/models/versions/{versionId}/bins',
    permission: 'model:read',
    params,
    query: z.object({
      columns: z.string().optional().describe('Names, with commas between; default: those the version uses'),
    }),
    response: z.object({
      versionId: z.string(),
      /** Rows at the base rate added to a bin before its weight of evidence. */
      smoothing: z.number(),
      /** Share of rows under which a bin is small. */
      minBinShare: z.number(),
      columns: z.array(binnedColumn),
    }),
    summary: {
      es: 'Los tramos de una tarjeta, en celdas finas de las filas con que aprendió',
      en: 'The bins of a scorecard, in fine cells of the rows it learnt from',
    },
    command: 'scorecard bins',
  }),
  retrain: endpoint({
    id: 'scorecards.retrain',
    method: 'POST',
    path: '/models/versions/{versionId}/bins',
    permission: 'model:train',
    params,
    body: z.object({ bins: handBinsOf.describe('By column; the others keep the bins their options make') }),
    response: job,
    kind: 'job',
    summary: {
      es: 'Entrena otra versión con tramos hechos a mano',
      en: 'Trains another version with bins made by hand',
    },
    command: 'scorecard retrain',
  }),
};
