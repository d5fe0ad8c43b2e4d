import { z } from 'zod';
import { type Measure, measure, type Ranked, ranked } from './measure.ts';

interface Bounds {
  from?: number | undefined;
  to?: number | undefined;
}

/** What may be asked of a value that has a name. */
type Asked =
  | { is: 'in' | 'not_in'; values: string[] }
  | ({ is: 'between'; currency?: string | undefined } & Bounds)
  | { is: 'missing' | 'present' };

/**
 * A segment is a tree of conditions over the accounts of one date. This schema is its only definition: the
 * page draws it, `compile` turns it into SQL, `holds` decides it for one account and `describe` puts it into words.
 */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | ({ column: string } & Asked)
  | ({ feature: string } & Asked)
  | ({ score: string } & Bounds)
  | { decile: string; of: number[] }
  | ({ percentile: Ranked; within: Within } & Bounds)
  | { flag: string; is: 'set' | 'clear' }
  | { experiment: string; arms: string[] }
  | { style: string; is: 'received' | 'not_received'; withinDays?: number | undefined }
  | { bestChannel: string[]; sure?: boolean | undefined }
  | Nearest;

export const withins = ['book', 'currency'] as const;
export type Within = (typeof withins)[number];

/**
 * The accounts that lie closest to one of several centres, counted from 1. Each measure is taken in deviations from
 * its mean; what is not known lies at the mean. Of equally close centres the first counts.
 */
export interface Nearest {
  nearest: number;
  measures: { of: Measure; mean: number; deviation: number }[];
  centres: number[][];
}

const bounds = {
  from: z.number().optional().describe('Inclusive'),
  to: z.number().optional().describe('Exclusive'),
};
const listed = { is: z.enum(['in', 'not_in']), values: z.array(z.string()).min(1).max(1000) };
const known = { is: z.enum(['missing', 'present']) };
const between = { is: z.literal('between'), ...bounds, currency: z.string().length(3).optional() };

export const nearest: z.ZodType<Nearest> = z.strictObject({
  nearest: z.number().int().min(1).describe('Which centre, from 1'),
  measures: z
    .array(z.strictObject({ of: measure, mean: z.number(), deviation: z.number().positive() }))
    .min(1)
    .max(20),
  centres: z.array(z.array(z.number())).min(2).max(20).describe('In deviations from the mean'),
});

export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(condition) }),
    z.strictObject({ any: z.array(condition).min(1) }),
    z.strictObject({ not: condition }),
    z.strictObject({ column: z.string(), ...listed }),
    z.strictObject({ column: z.string(), ...between }),
    z.strictObject({ column: z.string(), ...known }),
    z.strictObject({ feature: z.string().describe('family.column'), ...listed }),
    z.strictObject({ feature: z.string(), ...between }),
    z.strictObject({ feature: z.string(), ...known }),
    z.strictObject({ score: z.string(), ...bounds }),
    z.strictObject({
      decile: z.string().describe('A model'),
      of: z.array(z.number().int().min(1).max(10)).min(1).describe('10: the tenth with the highest scores'),
    }),
    z.strictObject({ percentile: ranked, within: z.enum(withins), ...bounds }),
    z.strictObject({ flag: z.string(), is: z.enum(['set', 'clear']) }),
    z.strictObject({ experiment: z.string(), arms: z.array(z.string()).min(1) }),
    z.strictObject({
      style: z.string(),
      is: z.enum(['received', 'not_received']),
      withinDays: z.number().int().min(1).max(3650).optional(),
    }),
    z.strictObject({ bestChannel: z.array(z.string()).min(1), sure: z.boolean().optional() }),
    nearest,
  ]),
);

/** The parts of a group, or null for a condition that has none. */
export function partsOf(tree: Condition): readonly Condition[] | null {
  if ('all' in tree) return tree.all;
  if ('any' in tree) return tree.any;
  return 'not' in tree ? [tree.not] : null;
}

/** Every condition of a tree that is no group, in the order it stands there. */
export function* leavesOf(tree: Condition): Generator<Condition> {
  const parts = partsOf(tree);
  if (!parts) yield tree;
  else for (const part of parts) yield* leavesOf(part);
}
