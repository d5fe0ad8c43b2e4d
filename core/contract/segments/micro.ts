import { z } from 'zod';
import { condition } from '../../segment/condition.ts';
import { measure } from '../../segment/measure.ts';
import { isoDate, share, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';

const apart = z.object({
  title: textSchema,
  /** null: known of none. */
  mean: z.number().nullable(),
  /** Of everybody else. */
  other: z.number().nullable(),
  /** In deviations of the whole. */
  standardised: z.number().nullable(),
});

export const microGroup = z.object({
  /** What sets it apart. */
  name: textSchema,
  condition,
  customers: z.number(),
  accounts: z.number(),
  /** Of the accounts looked at. */
  share,
  differences: z.array(apart),
});
export type MicroGroup = z.output<typeof microGroup>;

const answer = z.object({
  method: z.enum(['k-means', 'tree']),
  asOf: isoDate,
  accounts: z.number(),
  /** Accounts it was fitted on. */
  sampled: z.number(),
  measures: z.array(textSchema),
  /** k-means: mean silhouette, −1 to 1; tree: share of the target's variance between groups. */
  quality: z.number().nullable(),
  /** k-means: adjusted Rand index of the groups two halves of the sample give; null for a tree. */
  stability: z.number().nullable(),
  finding: textSchema,
  groups: z.array(microGroup),
});
export type MicroSegments = z.output<typeof answer>;

export const microBody = z.object({
  method: z.enum(['k-means', 'tree']).default('k-means'),
  measures: z
    .array(measure)
    .min(2)
    .max(12)
    .optional()
    .describe('Default: days past due, the ranks of balance and arrears, tenure and scores'),
  groups: z.number().int().min(2).max(8).default(4),
  target: measure.optional().describe('What a tree tells apart; default: the first score'),
  within: condition.optional().describe('Default: everybody'),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .default(1),
});
export type MicroBody = z.output<typeof microBody>;

export const microSegments = {
  suggest: endpoint({
    id: 'microSegments.suggest',
    method: 'POST',
    path: '/segments/micro',
    permission: 'segment:read',
    body: microBody,
    response: answer,
    summary: {
      es: 'Microsegmentos: grupos parecidos por dentro, nombrados por lo que los distingue',
      en: 'Micro-segments: groups alike inside, named by what sets them apart',
    },
    command: 'segment micro',
  }),
};
