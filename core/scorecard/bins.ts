import { z } from 'zod';

const ascending = (cuts: readonly number[]) => cuts.every((cut, i) => i === 0 || cuts[i - 1]! < cut);
const apart = (groups: readonly (readonly string[])[]) => {
  const names = groups.flat();
  return new Set(names).size === names.length;
};

/**
 * How a person cut a column. Numbers: bin i holds values up to and including cuts[i], the last the rest. Categories:
 * each group is a bin; those of no group fall into one of their own. Missing values are always a bin of their own.
 */
export const handBins = z.union([
  z.strictObject({
    cuts: z.array(z.number()).max(49).refine(ascending, { error: 'cuts must ascend' }),
  }),
  z.strictObject({
    groups: z
      .array(z.array(z.string()).min(1))
      .min(1)
      .max(50)
      .refine(apart, { error: 'a category is in two groups' }),
  }),
]);
export type HandBins = z.output<typeof handBins>;

/** By column. */
export const handBinsOf = z.record(z.string(), handBins);
