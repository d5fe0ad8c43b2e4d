import { z } from 'zod';
import { remedies, severities } from '../../portfolio/quality/check.ts';
import { shiftLevels } from '../../portfolio/quality/drift.ts';
import { isoInstant, textSchema } from '../common.ts';

const verdict = z.enum(['good', 'usable', 'poor']);
const month = z.iso.date().describe('First day of the month');

const bin = z.object({
  kind: z.enum(['missing', 'zero', 'range', 'bucket', 'code', 'other', 'filled']),
  label: z.string().nullable(),
  from: z.number().nullable(),
  to: z.number().nullable(),
});

const nothing = { es: '', en: '' };

const check = z.object({
  id: z.string(),
  severity: z.enum(severities),
  passed: z.boolean(),
  title: textSchema,
  /** What was found, worded with its figures. */
  finding: textSchema,
  /** What cannot be done, or not be trusted, because of it. */
  affects: textSchema.default(nothing),
  advice: textSchema.default(nothing),
  remedy: z.enum(remedies).default('none'),
  table: z.string(),
  column: z.string().nullable(),
  rows: z.number(),
  lookedAt: z.number().default(0),
  /** Loads that brought the rows, the one with most first; empty where it is not about rows. */
  loads: z.array(z.object({ load: z.number(), rows: z.number() })).default([]),
  /** Whether offending rows can be asked for. */
  hasRows: z.boolean().default(false),
  sql: z.string(),
});

const column = z.object({
  table: z.string(),
  column: z.string(),
  type: z.string(),
  rows: z.number(),
  nulls: z.number(),
  distinct: z.number(),
  minimum: z.string().nullable(),
  maximum: z.string().nullable(),
  tag: z.string().nullable(),
});

/** How one column differs between two loads or two months, with what sampling alone would give. */
const shift = z.object({
  table: z.string(),
  column: z.string(),
  between: z.enum(['loads', 'months']),
  /** Number of the load, or first day of the month. */
  before: z.string(),
  after: z.string(),
  beforeRows: z.number(),
  afterRows: z.number(),
  psi: z.number().nullable(),
  /** What sampling alone gives on average, and what it exceeds in one report of a hundred. */
  expected: z.number().nullable(),
  limit: z.number().nullable(),
  level: z.enum(shiftLevels),
  bins: z.array(bin.extend({ before: z.number(), after: z.number() })),
  sql: z.string(),
});

const monthly = z.object({
  table: z.string(),
  months: z.array(z.object({ month, rows: z.number(), filled: z.record(z.string(), z.number()) })),
});

const series = z.object({
  table: z.string(),
  column: z.string(),
  bins: z.array(bin),
  months: z.array(z.object({ month, counts: z.array(z.number()) })),
  sql: z.string(),
});

const absent = z.object({
  table: z.string(),
  /** null: the whole table. */
  column: z.string().nullable(),
  allows: textSchema.nullable(),
});

export const qualityReport = z.object({
  verdict,
  /** The load it is about; null: everything that is live. */
  load: z.number().nullable().default(null),
  rows: z.number().default(0),
  /** Checks that failed, by severity. */
  serious: z.number().default(0),
  remarks: z.number().default(0),
  /** Most important first. */
  checks: z.array(check),
  columns: z.array(column),
  absent: z.array(absent).default([]),
  /** Between loads, and each column's worst pair of months; what moved most first. */
  shifts: z.array(shift).default([]),
  series: z.array(series).default([]),
  months: z.array(monthly).default([]),
});

/** One line of the history of verdicts. */
export const qualityEntry = z.object({
  reportId: z.string(),
  load: z.number().nullable(),
  madeAt: isoInstant,
  by: z.string(),
  verdict,
  serious: z.number(),
  remarks: z.number(),
  rows: z.number(),
});

/** Rows that break a check: identifiers, and the value where it may be shown. */
export const qualityRows = z.object({
  keys: z.array(z.string()),
  /** The column whose value is shown; null where it may not be. */
  value: z.string().nullable(),
  rows: z.array(
    z.object({ key: z.array(z.string().nullable()), value: z.string().nullable(), load: z.number() }),
  ),
  sql: z.string(),
});

/** Result of a profile job. */
export const profileResult = z.object({
  rows: z.number(),
  verdict,
  remarks: z.number(),
  /** Loads that had no report of their own and now have one. */
  loads: z.array(z.number()),
});
