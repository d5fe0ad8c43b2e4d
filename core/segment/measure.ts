import { z } from 'zod';
import { featureFact, percentileFact, scoreColumn } from './columns.ts';

/** A number of an account that can be ranked. */
export type Ranked = { column: string } | { feature: string } | { score: string };
/** A number that accounts can be measured by; `rankOf` makes an amount comparable. */
export type Measure = Ranked | { rankOf: string };

const plain = [
  z.strictObject({ column: z.string() }),
  z.strictObject({ feature: z.string() }),
  z.strictObject({ score: z.string() }),
] as const;

export const ranked: z.ZodType<Ranked> = z.union(plain);
export const measure: z.ZodType<Measure> = z.union([
  ...plain,
  z.strictObject({
    rankOf: z.string().describe('A column; the share of accounts of its currency that have less'),
  }),
]);

/** The column of the facts that holds a measure. */
export function factOf(of: Measure): string {
  if ('column' in of) return of.column;
  if ('feature' in of) return featureFact(of.feature);
  return 'score' in of ? scoreColumn(of.score) : percentileFact('currency', of.rankOf);
}
