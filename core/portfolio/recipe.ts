import { z } from 'zod';
import { tableNames } from './tables.ts';

export const dateStyles = ['iso', 'dmy', 'mdy', 'compact'] as const;
export type DateStyle = (typeof dateStyles)[number];

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** How values are written in a source. What is not said is found out from the file. */
export const sourceOptions = z.strictObject({
  delimiter: z.string().length(1).optional().describe('Default: found from the header'),
  encoding: z.enum(['utf-8', 'windows-1252', 'iso-8859-1', 'utf-16le']).optional(),
  decimal: z.enum(['.', ',']).default('.'),
  dates: z.enum(dateStyles).default('iso').describe('iso 2005-09-30, dmy 30/09/2005, compact 20050930'),
  empty: z.array(z.string()).default([]).describe('Words that mean "no value", beside blank'),
});
export type SourceOptions = z.output<typeof sourceOptions>;

/** A value read from a source column, an alias or a member of an unpivot. */
const read = z.strictObject({
  from: z.string(),
  codes: z.record(z.string(), z.union([scalar, z.null()])).optional(),
  otherwise: z.enum(['reject', 'keep', 'empty']).default('reject').describe('What an unlisted code does'),
  factor: z.number().optional().describe('Unit factor: cents are 0.01'),
  offset: z.number().optional().describe('Added after the factor'),
  dates: z.enum(dateStyles).optional(),
});
const constant = z.strictObject({ constant: scalar });
const joined = z.strictObject({
  join: z
    .array(z.union([z.strictObject({ from: z.string() }), z.strictObject({ text: z.string() })]))
    .min(1)
    .describe('Parts put together into one text; empty when any part is'),
});
const columnRecipe = z.union([read, constant, joined]);
export type ColumnRecipe = z.output<typeof columnRecipe>;
export type ReadRecipe = z.output<typeof read>;

const keep = z.strictObject({
  column: z.string().describe('Canonical column'),
  above: z.number().optional(),
  in: z.array(z.string()).optional(),
});

/** One canonical table made from the rows of a source. */
export const tableRecipe = z.strictObject({
  table: z.enum(tableNames as [string, ...string[]]),
  file: z.string().optional().describe('Only from files of this name, without ending; default: every file'),
  columns: z.record(z.string(), columnRecipe),
  unpivot: z
    .array(
      z.strictObject({ columns: z.record(z.string(), z.string()), values: z.record(z.string(), z.string()) }),
    )
    .min(1)
    .optional()
    .describe('One row for each member: aliases of source columns, and fixed values'),
  keep: z.array(keep).default([]).describe('Rows that fail one are left out, without being rejected'),
  repeats: z
    .enum(['reject', 'first'])
    .default('reject')
    .describe('Rows of an equal key: rejected after the first, or expected and only the first taken'),
});
export type TableRecipe = z.output<typeof tableRecipe>;

/**
 * How the columns of a source become canonical tables. `canonical`: files are named after the tables and their
 * columns after the canonical columns, so nothing has to be said.
 */
export const recipe = z.strictObject({
  source: sourceOptions.prefault({}),
  tables: z.union([z.literal('canonical'), z.array(tableRecipe).min(1)]),
});
export type Recipe = z.output<typeof recipe>;
/** A recipe as it is written: defaults may be left out. */
export type RecipeInput = z.input<typeof recipe>;
