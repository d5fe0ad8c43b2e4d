import { z } from 'zod';
import { recipe, sourceOptions } from '../../portfolio/recipe.ts';
import { detailValues, textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { filesAsked, reject } from './loads.ts';

const { decimal, dates, ...stated } = sourceOptions.shape;

/** How a person says values are written; what is left out is found from the file. */
export const statedOptions = z.strictObject({
  ...stated,
  decimal: decimal.unwrap().optional(),
  dates: dates.unwrap().optional(),
  empty: z.array(z.string()).optional(),
});
export type StatedOptions = z.output<typeof statedOptions>;

const cell = z.string().nullable();

export const previewColumn = z.object({
  name: z.string(),
  /** Type the source states; null where it is text to be read. */
  type: z.string().nullable(),
  shape: z.enum(['empty', 'date', 'period', 'whole', 'number', 'yes or no', 'email', 'phone', 'text']),
  filled: z.number(),
  distinct: z.number(),
  /** Values with the rows that hold them, the most frequent first. */
  values: z.array(z.object({ value: z.string(), count: z.number() })),
  personal: z.boolean().describe('Seems to say who a person is: masked without the permission'),
});
export type PreviewColumn = z.output<typeof previewColumn>;

const suggestedColumn = z.object({
  column: z.string(),
  from: z.string().nullable(),
  confidence: z.number(),
  reason: textSchema,
});
const suggestedTable = z.object({
  table: z.string(),
  confidence: z.number(),
  reason: textSchema,
  columns: z.array(suggestedColumn),
  missing: z.array(z.string()),
});
const question = z.object({
  kind: z.enum(['currency', 'date', 'day or month', 'months', 'column', 'codes']),
  table: z.string().nullable(),
  column: z.string().nullable(),
  text: textSchema,
});

const previewGroup = z.object({
  /** Files of equal columns; the first of them was looked into. */
  files: z.array(z.object({ name: z.string(), bytes: z.number() })),
  stem: z.string(),
  source: z.string(),
  /** What the file turned out to be: encoding, delimiter, sheets … */
  found: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  decimal: z.enum(['.', ',']),
  dates: z.string(),
  rows: z.number().describe('Rows looked at'),
  whole: z.boolean().describe('Whether those are all the rows of the file'),
  broken: z.number().describe('Rows among them whose form is broken'),
  columns: z.array(previewColumn),
  head: z.array(z.array(cell)),
  tables: z.array(suggestedTable),
  questions: z.array(question),
  unused: z.array(z.string()),
});
export type PreviewGroup = z.output<typeof previewGroup>;

const tableCheck = z.object({
  table: z.string(),
  file: z.string(),
  /** Why the rows cannot even be tried: an error code with its values. */
  problem: z.object({ code: z.string(), details: detailValues }).nullable(),
  rows: z.number(),
  good: z.number(),
  rejected: z.number(),
  repeated: z.number().describe('Rows of a key already seen; dropped or rejected as the recipe says'),
  leftOut: z.number().describe('Rows the recipe leaves out without rejecting them'),
  columns: z.array(z.string()),
  head: z.array(z.array(cell)).describe('First rows as they would be stored'),
  reasons: z.array(z.object({ column: z.string().nullable(), reason: z.string(), rows: z.number() })),
});
export type TableCheck = z.output<typeof tableCheck>;

export const previews = {
  create: endpoint({
    id: 'previews.create',
    method: 'POST',
    path: '/previews',
    permission: 'portfolio:load',
    body: z.object({ file: filesAsked, source: statedOptions.default({}) }),
    response: z.object({
      groups: z.array(previewGroup),
      further: z.array(z.string()).describe('Files that were not looked into, being many'),
      /** The whole suggestion as a recipe; open questions leave it incomplete. */
      recipe: z.unknown(),
      /** Recipes whose columns are all there, the likeliest first. */
      fitting: z.array(
        z.object({ name: z.string(), title: textSchema, kind: z.enum(['built_in', 'saved']) }),
      ),
    }),
    summary: {
      es: 'Mira las primeras filas de un archivo y propone cómo leerlo',
      en: 'Looks at the first rows of a file and proposes how to read it',
    },
    command: 'preview',
    argument: 'file',
  }),
  check: endpoint({
    id: 'previews.check',
    method: 'POST',
    path: '/recipes/check',
    permission: 'portfolio:load',
    body: z.object({ file: filesAsked, recipe }),
    response: z.object({
      rows: z.number().describe('Rows tried'),
      tables: z.array(tableCheck),
      rejects: z.array(reject),
    }),
    summary: {
      es: 'Prueba una receta con las primeras 10 000 filas',
      en: 'Tries a recipe on the first 10,000 rows',
    },
    command: 'recipe check',
  }),
};
