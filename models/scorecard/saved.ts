import { z } from 'zod';

const tally = z.object({ n: z.number(), events: z.number() });
const shared = { column: z.string(), woe: z.array(z.number()), tallies: z.array(tally) };

/** A fitted scorecard as JSON: all that predicting needs, and what its table shows. */
export const savedScorecard = z.object({
  intercept: z.number(),
  interceptError: z.number(),
  terms: z.array(
    z.object({
      bins: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('numeric'), cuts: z.array(z.number()), ...shared }),
        z.object({ kind: z.literal('categorical'), groups: z.array(z.array(z.string())), ...shared }),
      ]),
      coefficient: z.number(),
      standardError: z.number(),
      information: z.number(),
    }),
  ),
  /** Information value of every column offered, chosen or not. */
  information: z.record(z.string(), z.number()),
  scale: z.object({ basePoints: z.number(), baseOdds: z.number(), pointsToDouble: z.number() }),
});
export type SavedScorecard = z.output<typeof savedScorecard>;
export type Term = SavedScorecard['terms'][number];
