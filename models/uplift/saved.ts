import { z } from 'zod';

const regression = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('constant'), value: z.number() }),
  z.object({ kind: z.literal('direct'), fitted: z.unknown() }),
  z.object({ kind: z.literal('rescaled'), fitted: z.unknown(), lower: z.number(), upper: z.number() }),
]);
const plain = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('difference'), treated: regression, untreated: regression }),
  z.object({ kind: z.literal('blend'), treated: regression, untreated: regression, chosen: regression }),
  z.object({ kind: z.literal('direct'), effect: regression }),
]);
const effect = z.union([
  plain,
  z.object({
    kind: z.literal('shrunk'),
    effect: plain,
    centre: z.number(),
    mean: z.number(),
    slope: z.number(),
  }),
]);

/** What scoring needs of a trained version, by stratum: which people it is for and the effect of each arm. */
export const savedUplift = z.object({
  columns: z.array(z.string()),
  strata: z.array(
    z.object({
      id: z.enum(['recorded', 'elsewhere']),
      identification: z.string(),
      places: z.array(z.string()),
      arms: z.array(z.object({ arm: z.string(), effect, withoutFold: z.array(effect) })),
      untreated: regression,
    }),
  ),
});
export type SavedUplift = z.output<typeof savedUplift>;
