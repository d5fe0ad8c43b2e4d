import { z } from 'zod';
import { isZone } from '../contact/time/zone-offsets.ts';
import { tableNames } from './tables.ts';

/** Names no dataset may have: canonical tables, and what the line makes of them. */
const takenNames = [...tableNames, 'scores', 'segment_members', 'assignments', 'exclusions', 'export_rows'];
const columnName = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => !['load_id', 'source_row'].includes(name.toLowerCase()), 'a name used inside');

export const dateStyles = ['iso', 'dmy', 'mdy', 'compact'] as const;
export type DateStyle = (typeof dateStyles)[number];

const scalar = z.union([z.string(), z.number(), z.boolean()]);

/** How values are written in a source. What is not said is found out from the file. */
export const sourceOptions = z.strictObject({
  delimiter: z.string().length(1).optional().describe('Default: found from the header'),
  encoding: z.enum(['utf-8', 'windows-1252', 'iso-8859-1', 'utf-16le', 'utf-16be']).optional(),
  decimal: z.enum(['.', ',']).default('.'),
  dates: z.enum(dateStyles).default('iso').describe('iso 2005-09-30, dmy 30/09/2005, compact 20050930'),
  empty: z.array(z.string()).default([]).describe('Words that mean "no value", beside blank'),
  timeZone: z
    .string()
    .refine(isZone, 'not an IANA time zone')
    .optional()
    .describe(
      'Zone of times written without an offset, as America/Bogota; default UTC. A day alone stays that day',
    ),
  sheet: z.string().min(1).optional().describe('Name of the sheet of a workbook; default the first'),
  query: z.string().min(1).optional().describe('Query whose rows are read, where the source is a database'),
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

/** The types a column of a dataset may be stated to have. */
export const datasetTypes = [
  'text',
  'integer',
  'bigint',
  'double',
  'money',
  'date',
  'timestamp',
  'boolean',
] as const;
const type = z.enum(datasetTypes).default('text');
const datasetColumn = z.union([read.extend({ type }), constant.extend({ type }), joined.extend({ type })]);
export type DatasetColumn = z.output<typeof datasetColumn>;
export type ColumnRecipe = z.output<typeof columnRecipe>;
export type ReadRecipe = z.output<typeof read>;

const keep = z.strictObject({
  column: z.string().describe('Canonical column'),
  above: z.number().optional(),
  in: z.array(z.string()).optional(),
});

const rowsOf = {
  file: z.string().optional().describe('Only from files of this name, without ending; default: every file'),
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
};

/** One canonical table made from the rows of a source. */
export const tableRecipe = z.strictObject({
  table: z.enum(tableNames as [string, ...string[]]),
  columns: z.record(z.string(), columnRecipe),
  ...rowsOf,
});
export type TableRecipe = z.output<typeof tableRecipe>;

/** A table outside the canonical ones made from the rows of a source. */
export const datasetRecipe = z.strictObject({
  dataset: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,47}$/)
    .refine((name) => !takenNames.includes(name), 'the name of a table there is already')
    .describe('Its name: small letters, digits and _'),
  key: z
    .string()
    .optional()
    .describe(
      'Column that names the unit, once per row; default: the unit is the row, and equal rows are kept',
    ),
  columns: z
    .union([z.literal('all'), z.record(columnName, datasetColumn)])
    .default('all')
    .describe('all: as the file has them, with the narrowest type that every value has'),
  late: z
    .array(z.string())
    .optional()
    .describe('Columns known only after what the dataset would foretell, as the length of a call: leaks'),
  ...rowsOf,
});
export type DatasetRecipe = z.output<typeof datasetRecipe>;

/** What both kinds of table recipe say about columns and rows. */
export type RowsRecipe = Omit<TableRecipe, 'table'>;

export const isDataset = (one: TableRecipe | DatasetRecipe): one is DatasetRecipe => 'dataset' in one;

/**
 * How the columns of a source become canonical tables, datasets, or both. `canonical`: files are named after the tables and their
 * columns after the canonical columns, so nothing has to be said.
 */
export const recipe = z.strictObject({
  source: sourceOptions.prefault({}),
  tables: z.union([z.literal('canonical'), z.array(z.union([tableRecipe, datasetRecipe])).min(1)]),
});
export type Recipe = z.output<typeof recipe>;
/** A recipe as it is written: defaults may be left out. */
export type RecipeInput = z.input<typeof recipe>;
