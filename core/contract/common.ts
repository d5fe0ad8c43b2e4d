import { z } from 'zod';

export const textSchema = z.object({ es: z.string(), en: z.string() });
export const isoDate = z.iso.date();
export const isoInstant = z.string().describe('UTC instant, ISO 8601');
/** Exact money as a decimal string. */
export const decimal = z.string().regex(/^-?\d+(\.\d{1,2})?$/);
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const share = z.number().min(0).max(1);

/** An estimate with its interval; null with a reason where it cannot be computed. */
export const estimate = z.object({
  estimate: z.number().nullable(),
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  reason: z.string().optional(),
});

export const detailValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

/** RFC 9457 problem details, with the product's code and the values that fill its message. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  fix: z.string(),
  details: detailValues,
});
export type Problem = z.output<typeof problem>;

export const paging = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});
