import { z } from 'zod';
import { textSchema } from '../common.ts';
import { endpoint } from '../endpoint.ts';
import { job } from '../jobs.ts';
import { filesAsked } from '../portfolio/loads.ts';

const count = z.number().int();
const figure = z.number().nullable();
const texts = z.union([z.string(), z.array(z.string())]);

/** A table of units, arms and outcomes, and what is to be compared in it. */
export const analysisAsked = z.object({
  file: filesAsked.optional(),
  dataset: z.string().optional().describe('A dataset already loaded, instead of a file'),
  arm: z.string().min(1).describe('Column with the arm of each row'),
  control: z.string().describe('Value of that column that is the control'),
  metric: texts.describe(
    'Column[:kind]; kinds: proportion, mean, money, count, ratio (a/b), quantile (p90, median). Several: again and again',
  ),
  unit: z.string().optional().describe('Column with the unit that was drawn; default: each row is one'),
  cluster: z.string().optional().describe('Column with the group that units come in'),
  strata: texts.optional().describe('Columns of the strata of the draw, with commas'),
  covariate: texts.optional().describe('Columns known before the draw; again and again, or with commas'),
  weights: z.string().optional().describe('Planned shares, A=0.5,B=0.5; default equal'),
  method: texts.optional().describe('Statistics by name, beside the usual ones of each kind'),
  pairs: z.boolean().default(false).describe('Every arm against every other'),
  correction: z.enum(['holm', 'hochberg', 'benjamini_hochberg', 'none']).default('holm'),
  alpha: z.coerce.number().gt(0).lt(0.5).default(0.05),
  margin: z.string().optional().describe('Largest difference that does not matter, METRIC=0.01,…'),
  lowerIsBetter: texts.optional().describe('Metrics of which less is better'),
  assigned: z.string().optional().describe('Column with the day of the draw'),
  outcomeDate: z.string().optional().describe('Column with the day of the outcome'),
  missing: z.enum(['drop', 'fail']).default('drop').describe('Rows without an outcome'),
  contaminated: z.enum(['exclude', 'fail']).default('exclude').describe('Units in two arms'),
  early: z.enum(['exclude', 'fail']).default('exclude').describe('Outcomes dated before the draw'),
  sheet: z.string().optional(),
  delimiter: z.string().length(1).optional(),
  decimal: z.enum(['.', ',']).default('.'),
  dates: z.enum(['iso', 'dmy', 'mdy', 'compact']).default('iso'),
});
export type AnalysisAsked = z.output<typeof analysisAsked>;

export const analysedKinds = ['proportion', 'mean', 'money', 'count', 'ratio', 'quantile'] as const;
export type AnalysedKind = (typeof analysedKinds)[number];

export const analysedMetric = z.object({
  kind: z.enum(analysedKinds),
  /** Units with an outcome, and without one. */
  n: count,
  missing: count,
  /** Share, mean, ratio or quantile. */
  value: figure,
  standardDeviation: figure,
});

export type AnalysedMetric = z.output<typeof analysedMetric>;

export const analysedEffect = z.object({
  metric: z.string(),
  arm: z.string(),
  control: z.string(),
  scale: z.enum(['difference', 'relative', 'risk_ratio', 'odds_ratio']),
  estimate: figure,
  standardError: figure,
  lower: figure,
  upper: figure,
  pValue: figure,
  /** The statistic and what it did. */
  method: z.string(),
  /** By what was known before the draw: covariates, strata. */
  adjusted: z.boolean(),
  /** Why there is no estimate. */
  reason: z.string().optional(),
});
export type AnalysedEffect = z.output<typeof analysedEffect>;

export const analysisWarning = z.object({
  code: z.string(),
  /** In the language of whoever asked; every language in `text`. */
  message: z.string(),
  text: textSchema,
});
export type AnalysisWarning = z.output<typeof analysisWarning>;

export const analysedVerdict = z.object({
  metric: z.string(),
  arm: z.string(),
  control: z.string(),
  kind: z.enum(['better', 'worse', 'equivalent', 'inconclusive', 'invalid']),
  /** After the correction over arms and metrics. */
  correctedPValue: figure,
  message: z.string(),
  text: textSchema,
});
export type AnalysedVerdict = z.output<typeof analysedVerdict>;

export const analysis = z.object({
  arms: z.array(z.object({ arm: z.string(), n: count, metrics: z.record(z.string(), analysedMetric) })),
  /** Against the weights, equal where none were given. */
  sampleRatio: z.object({ pValue: figure, ok: z.boolean() }),
  effects: z.array(analysedEffect),
  warnings: z.array(analysisWarning),
  verdicts: z.array(analysedVerdict),
});
export type Analysis = z.output<typeof analysis>;

export const analyses = {
  create: endpoint({
    id: 'analyses.create',
    method: 'POST',
    path: '/analyses',
    permission: 'experiment:read',
    body: analysisAsked,
    response: job,
    kind: 'job',
    summary: {
      es: 'Analiza un experimento hecho en otra parte: cualquier tabla con brazo y resultados',
      en: 'Analyses an experiment made elsewhere: any table with an arm and outcomes',
    },
    command: 'analyse',
  }),
};
