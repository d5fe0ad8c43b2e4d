import { z } from 'zod';

/**
 * A segment is a tree of conditions over the accounts of one date. This schema is its only definition: the
 * page draws it, `compile` turns it into SQL and `describe` into words.
 */
export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { column: string; is: 'in' | 'not_in'; values: string[] }
  | {
      column: string;
      is: 'between';
      from?: number | undefined;
      to?: number | undefined;
      currency?: string | undefined;
    }
  | { column: string; is: 'missing' | 'present' }
  | { score: string; from?: number | undefined; to?: number | undefined }
  | { flag: string; is: 'set' | 'clear' };

const bounds = {
  from: z.number().optional().describe('Inclusive'),
  to: z.number().optional().describe('Exclusive'),
};

export const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(condition) }),
    z.strictObject({ any: z.array(condition).min(1) }),
    z.strictObject({ not: condition }),
    z.strictObject({
      column: z.string(),
      is: z.enum(['in', 'not_in']),
      values: z.array(z.string()).min(1),
    }),
    z.strictObject({
      column: z.string(),
      is: z.literal('between'),
      ...bounds,
      currency: z.string().length(3).optional(),
    }),
    z.strictObject({ column: z.string(), is: z.enum(['missing', 'present']) }),
    z.strictObject({ score: z.string(), ...bounds }),
    z.strictObject({ flag: z.string(), is: z.enum(['set', 'clear']) }),
  ]),
);
